using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace CLSM.Directory.Api.Database;

/// <summary>
/// Tells PostgreSQL the caller's regions with each statement, as a first statement of the same implicit transaction, so that a pooled
/// connection carries none over.
/// </summary>
internal sealed class RegionInterceptor(ICurrentCaller caller) : DbCommandInterceptor
{
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        if (command.Transaction is not null)
        {
            throw new NotSupportedException("An agency reads in single statements.");
        }

        command.CommandText = $"select set_config('clsm.regions', @clsm_regions, true);\n{command.CommandText}";
        command.Parameters.Add(new NpgsqlParameter("clsm_regions", string.Join(',', caller.RestrictedRegions)));
        return ValueTask.FromResult(result);
    }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        await result.NextResultAsync(cancellationToken);
        return result;
    }
}

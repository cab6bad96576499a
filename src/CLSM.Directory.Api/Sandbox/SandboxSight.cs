using System.Data.Common;
using CLSM.Directory.Api.Persistence;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace CLSM.Directory.Api.Sandbox;

/// <summary>
/// Lets a statement see the sandbox, where it was asked for by name: said to PostgreSQL with each statement, as a first statement of the same
/// implicit transaction, so that no connection carries it over. Without it the published views do not show the sandbox, whatever is read.
/// </summary>
internal sealed class SandboxSight : DbCommandInterceptor
{
    private const string Setting = "select set_config('clsm.sandbox', 'on', true);\n";

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (IsGiven(eventData))
        {
            command.CommandText = Setting + command.CommandText;
        }

        return ValueTask.FromResult(result);
    }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (IsGiven(eventData))
        {
            await result.NextResultAsync(cancellationToken);
        }

        return result;
    }

    /// <summary>The same for a command outside EF Core.</summary>
    public static async Task<NpgsqlDataReader> ReadAsync(NpgsqlCommand command, bool isAsked, CancellationToken cancellationToken)
    {
        if (!isAsked)
        {
            return await command.ExecuteReaderAsync(cancellationToken);
        }

        command.CommandText = Setting + command.CommandText;
        var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return reader;
    }

    private static bool IsGiven(DbContextEventData eventData) => eventData.Context is PublishedDbContext { AsksForSandbox: true } or PartnerDbContext { AsksForSandbox: true };
}

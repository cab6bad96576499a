using System.Data.Common;
using CLSM.Directory.Api.Tenancy;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace CLSM.Directory.Api.Database;

/// <summary>
/// Lets the statements of a scope see the sandbox if <see cref="ReadOptions"/> say so. PostgreSQL is told with each statement, as a first
/// statement of the same implicit transaction, so that a pooled connection carries nothing over. Otherwise the published views hide it.
/// </summary>
internal sealed class SandboxVisibilityInterceptor(ReadOptions options) : DbCommandInterceptor
{
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        if (options.IncludeSandbox)
        {
            command.CommandText = SandboxVisibility.Setting + command.CommandText;
        }

        return ValueTask.FromResult(result);
    }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (options.IncludeSandbox)
        {
            await result.NextResultAsync(cancellationToken);
        }

        return result;
    }
}

/// <summary>The same for commands outside EF Core.</summary>
internal static class SandboxVisibility
{
    public const string Setting = "select set_config('clsm.sandbox', 'on', true);\n";

    /// <summary>Executes a command that reads the published views, with the sandbox or without.</summary>
    public static async Task<NpgsqlDataReader> ReadAsync(
        this NpgsqlCommand command, bool includeSandbox, CancellationToken cancellationToken)
    {
        if (!includeSandbox)
        {
            return await command.ExecuteReaderAsync(cancellationToken);
        }

        command.CommandText = Setting + command.CommandText;
        var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return reader;
    }
}

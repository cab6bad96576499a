using Npgsql;

namespace CLSM.Directory.Api.Database;

/// <summary>
/// Makes the files of the database hold nothing of what was erased. PostgreSQL leaves the bytes of a deleted row where they are until something is
/// written over them, even after VACUUM; so the tables that hold texts are written anew, the statistics too, and the write-ahead log is begun anew.
/// </summary>
internal static class DatabaseCompaction
{
    private const int MaxAttempts = 5;

    private static readonly string[] Tables =
    [
        "directory.contact", "directory.council", "directory.organisation", "directory.governance_body", "directory.working_group", "directory.event",
        "directory.history", "directory.search_entry", "directory.facet", "directory.stored_response",

        // What their values are like, in samples of them.
        "pg_catalog.pg_statistic",
    ];

    /// <summary>Does it as the role that owns the database; says whether the write-ahead log was begun anew too, which an administrator must have allowed.</summary>
    public static async Task<bool> ClearAsync(string owner, CancellationToken cancellationToken)
    {
        var access = new NpgsqlConnectionStringBuilder(owner) { Pooling = false, CommandTimeout = 0, Options = "-c lock_timeout=10s -c statement_timeout=0" };
        await using var connection = new NpgsqlConnection(access.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        foreach (var table in Tables)
        {
            await RewriteAsync(connection, table, cancellationToken);
        }

        try
        {
            await ExecuteAsync(connection, "select pg_switch_wal()", cancellationToken);
            await ExecuteAsync(connection, "checkpoint", cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return false;
        }
    }

    /// <summary>While it is written anew, a table waits; so it does not wait for long to begin.</summary>
    private static async Task RewriteAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ExecuteAsync(connection, $"vacuum (full{(table.StartsWith("pg_", StringComparison.Ordinal) ? "" : ", analyze")}) {table}", cancellationToken);
                return;
            }
            catch (PostgresException exception) when (attempt < MaxAttempts && exception.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                await Task.Delay(TimeSpan.FromSeconds(attempt), cancellationToken);
            }
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

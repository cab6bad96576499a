using Npgsql;

namespace CLSM.Directory.Api.Features.Changes;

/// <summary>The end of the change log.</summary>
/// <param name="Head">Number of the last change.</param>
/// <param name="At">When it was committed.</param>
internal sealed record ChangeLogState(long Head, DateTime At);

/// <summary>Reads the state of the change log.</summary>
internal static class ChangeLogQueries
{
    /// <summary>The identity of the log. It never changes as long as the database lives.</summary>
    public static async Task<Guid> GetLogIdAsync(NpgsqlDataSource reader, CancellationToken cancellationToken)
    {
        await using var command = reader.CreateCommand("select log from published.change_head");
        return (Guid)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Number of the last change, of those in the sandbox too or without them.</summary>
    public static async Task<long> GetHeadAsync(NpgsqlDataSource reader, bool includeSandbox, CancellationToken cancellationToken)
    {
        await using var command = reader.CreateCommand($"select {(includeSandbox ? "last_cursor" : "cursor")} from published.change_head");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The end of the log, with changes that only some readers see: its cursor goes with any query.</summary>
    public static async Task<ChangeLogState> GetStateAsync(NpgsqlDataSource reader, CancellationToken cancellationToken)
    {
        await using var command = reader.CreateCommand("select last_cursor, at from published.change_head");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return new ChangeLogState(rows.GetInt64(0), rows.GetDateTime(1));
    }
}

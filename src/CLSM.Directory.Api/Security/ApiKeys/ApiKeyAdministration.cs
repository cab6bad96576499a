using CLSM.Directory.Api.Security.Callers;
using Npgsql;

namespace CLSM.Directory.Api.Security.ApiKeys;

/// <summary>Creates, lists, rotates and revokes keys from the command line, as the role that owns the schema.</summary>
internal sealed class ApiKeyAdministration(string ownerConnectionString)
{
    /// <summary>Creates a key and gives its secret, this once.</summary>
    /// <exception cref="UnknownScopeException">A council or region does not exist.</exception>
    public async Task<(Guid Id, string Secret)> CreateAsync(
        string name, bool isAdministrator, IReadOnlyList<string> councils, DateTime? expiresAt, CancellationToken cancellationToken, params IReadOnlyList<string> regions)
    {
        await using var connection = await OpenAsync(cancellationToken);
        var id = Guid.CreateVersion7();
        return (id, await ApiKeyStore.CreateAsync(connection, new NewApiKey(id, name, new GrantedScopes(isAdministrator, councils, regions), expiresAt), cancellationToken));
    }

    public async Task<IReadOnlyList<ApiKeyEntry>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return (await ApiKeyStore.ListAsync(connection, null, false, int.MaxValue, cancellationToken)).Keys;
    }

    /// <summary>Gives the valid key of this id, or the only valid one of this name, a new secret; null where there is not exactly one.</summary>
    public async Task<(Guid Id, string Secret)?> RotateAsync(string idOrName, TimeSpan overlap, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        var ids = await ValidAsync(connection, idOrName, cancellationToken);
        return ids is [var id] && await ApiKeyStore.RotateAsync(connection, id, overlap, cancellationToken) is { } secret ? (id, secret) : null;
    }

    /// <summary>Revokes the key with this id, or all valid ones of this name; gives how many.</summary>
    public async Task<int> RevokeAsync(string idOrName, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            "update directory.api_key set revoked_at = clock_timestamp() where revoked_at is null and (id::text = lower($1) or name = $1)", connection)
        {
            Parameters = { new() { Value = idOrName } },
        };
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<Guid>> ValidAsync(NpgsqlConnection connection, string idOrName, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select array_agg(id) from directory.api_key where revoked_at is null and (expires_at is null or expires_at > clock_timestamp()) and (id::text = lower($1) or name = $1)", connection)
        {
            Parameters = { new() { Value = idOrName } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) as Guid[] ?? [];
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        // Rarely used, so no connection waits for the next time.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ownerConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}

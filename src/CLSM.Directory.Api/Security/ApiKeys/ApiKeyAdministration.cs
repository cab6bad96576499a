using CLSM.Directory.Api.Security.Callers;
using Npgsql;

namespace CLSM.Directory.Api.Security.ApiKeys;

/// <summary>Creates, lists, rotates and revokes keys from the command line, as the role that owns the schema.</summary>
internal sealed class ApiKeyAdministration(string ownerConnectionString)
{
    /// <summary>Creates a key that reads no region's contacts for partners, and gives its secret, this once.</summary>
    /// <exception cref="UnknownScopeException">A council does not exist.</exception>
    public Task<(Guid Id, string Secret)> CreateAsync(
        string name, bool isAdministrator, IReadOnlyList<string> councils, DateTime? expiresAt, CancellationToken cancellationToken) =>
        CreateAsync(name, new GrantedScopes(isAdministrator, councils, []), expiresAt, cancellationToken);

    /// <summary>Creates a key and gives its secret, this once.</summary>
    /// <exception cref="UnknownScopeException">A council or region does not exist.</exception>
    public async Task<(Guid Id, string Secret)> CreateAsync(
        string name, GrantedScopes scopes, DateTime? expiresAt, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        var key = new NewApiKey(Guid.CreateVersion7(), name, scopes, expiresAt);
        return await ApiKeyQueries.CreateAsync(connection, key, cancellationToken) switch
        {
            ApiKeyCreation.Created created => (key.Id, created.Secret),
            ApiKeyCreation.UnknownScope unknown => throw new UnknownScopeException(unknown.Scope),
            var other => throw new InvalidOperationException($"{other} is not handled."),
        };
    }

    public async Task<IReadOnlyList<ApiKeyEntry>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return (await ApiKeyQueries.ListAsync(connection, null, false, int.MaxValue, cancellationToken)).Keys;
    }

    /// <summary>Gives the valid key of this id, or the only valid one of this name, a new secret; null where there is not exactly one.</summary>
    public async Task<(Guid Id, string Secret)?> RotateAsync(string idOrName, TimeSpan overlap, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        var ids = await ApiKeyQueries.FindValidAsync(connection, idOrName, cancellationToken);
        return ids is [var id] && await ApiKeyQueries.RotateAsync(connection, id, overlap, cancellationToken) is { } secret ? (id, secret) : null;
    }

    /// <summary>Revokes the key with this id, or all valid ones of this name; gives how many.</summary>
    public async Task<int> RevokeAsync(string idOrName, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return await ApiKeyQueries.RevokeAsync(connection, idOrName, cancellationToken);
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        // Rarely used, so no connection waits for the next time.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ownerConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}

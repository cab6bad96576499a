using CLSM.Directory.Api.Security.Callers;
using Npgsql;
using NpgsqlTypes;

namespace CLSM.Directory.Api.Security.ApiKeys;

/// <summary>A key as it is listed: never its secret.</summary>
internal sealed record ApiKeyEntry(
    Guid Id, string Name, IReadOnlyList<string> Scopes, DateTime CreatedAt, DateTime? ExpiresAt, DateTime? RevokedAt, DateTime? RotatedAt, DateTime? PreviousUntil, DateTime? LastUsedAt)
{
    public IReadOnlyList<string> Councils => GrantedScopes.Read(Scopes).Scopes.Councils;
}

/// <summary>A key to be made.</summary>
internal sealed record NewApiKey(Guid Id, string Name, GrantedScopes Scopes, DateTime? ExpiresAt);

/// <summary>Keys in the database, by the functions that both the owner and the service may call.</summary>
internal static class ApiKeyStore
{
    /// <summary>How long a rotated secret goes on, where nothing else is said.</summary>
    public static readonly TimeSpan DefaultOverlap = TimeSpan.FromDays(7);

    /// <summary>Makes a key and gives its secret, this once.</summary>
    /// <exception cref="UnknownScopeException">A council or region of its scopes does not exist.</exception>
    public static async Task<string> CreateAsync(NpgsqlConnection connection, NewApiKey key, CancellationToken cancellationToken)
    {
        var councils = await ResolveAsync(connection, key.Scopes, cancellationToken);
        var secret = ApiKeySecret.Create();
        await using var command = new NpgsqlCommand("select directory.create_api_key($1, $2, $3, $4, $5, $6, $7)", connection);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = key.Id },
            new() { Value = key.Name },
            new() { Value = ApiKeySecret.Hash(secret) },
            new() { Value = key.Scopes.IsAdministrator },
            new() { Value = councils },
            new() { Value = key.Scopes.Regions.ToArray() },
            new() { Value = (object?)key.ExpiresAt ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return secret;
    }

    /// <summary>Gives a key a new secret; the one before is valid for the overlap. Null where there is no valid key of this id.</summary>
    public static async Task<string?> RotateAsync(NpgsqlConnection connection, Guid id, TimeSpan overlap, CancellationToken cancellationToken)
    {
        var secret = ApiKeySecret.Create();
        await using var command = new NpgsqlCommand("select directory.rotate_api_key($1, $2, $3)", connection);
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = id }, new() { Value = ApiKeySecret.Hash(secret) }, new() { Value = overlap } });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))! ? secret : null;
    }

    /// <summary>Revokes a key, at once and on every node; says whether there is one of this id.</summary>
    public static async Task<bool> RevokeAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select directory.revoke_api_key($1)", connection) { Parameters = { new() { Value = id } } };
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Keys in the order in which they were made, after one of them, with the number of all.</summary>
    public static async Task<(IReadOnlyList<ApiKeyEntry> Keys, int Total)> ListAsync(
        NpgsqlConnection connection, (DateTime At, Guid Id)? after, bool isDescending, int most, CancellationToken cancellationToken)
    {
        var (sign, order) = isDescending ? ("<", "desc") : (">", "asc");
        await using var command = new NpgsqlCommand(
            $"""
            select e.*, (select count(*) from directory.api_key_entry) from directory.api_key_entry e
            where $1::timestamptz is null or (e.created_at, e.id) {sign} ($1, $2)
            order by e.created_at {order}, e.id {order} limit $3
            """,
            connection);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = (object?)after?.At ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            new() { Value = after?.Id ?? Guid.Empty },
            new() { Value = most },
        });
        return await ReadAsync(command, cancellationToken);
    }

    public static async Task<ApiKeyEntry?> FindAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select e.*, 1::bigint from directory.api_key_entry e where e.id = $1", connection) { Parameters = { new() { Value = id } } };
        return (await ReadAsync(command, cancellationToken)).Keys.SingleOrDefault();
    }

    /// <summary>The ids of the councils of these codes, former codes too.</summary>
    public static async Task<IReadOnlyDictionary<string, Guid>> CouncilIdsAsync(NpgsqlConnection connection, IReadOnlyList<string> codes, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Guid>(StringComparer.Ordinal);
        if (codes.Count == 0)
        {
            return found;
        }

        await using var command = new NpgsqlCommand("select code, council_id from directory.council_code where code = any($1)", connection) { Parameters = { new() { Value = codes.ToArray() } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(reader.GetString(0), reader.GetGuid(1));
        }

        return found;
    }

    private static async Task<Guid[]> ResolveAsync(NpgsqlConnection connection, GrantedScopes scopes, CancellationToken cancellationToken)
    {
        var councils = await CouncilIdsAsync(connection, scopes.Councils, cancellationToken);
        if (scopes.Councils.FirstOrDefault(code => !councils.ContainsKey(code)) is { } unknown)
        {
            throw new UnknownScopeException(GrantedScopes.CouncilPrefix + unknown);
        }

        await using var command = new NpgsqlCommand("select r from unnest($1) r where not exists (select from directory.reference_region x where x.code = r) limit 1", connection)
        {
            Parameters = { new() { Value = scopes.Regions.ToArray() } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) is string region
            ? throw new UnknownScopeException(GrantedScopes.RegionPrefix + region)
            : [.. scopes.Councils.Select(code => councils[code]).Distinct()];
    }

    private static async Task<(IReadOnlyList<ApiKeyEntry> Keys, int Total)> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var keys = new List<ApiKeyEntry>();
        var total = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            keys.Add(new ApiKeyEntry(
                reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<string[]>(2), reader.GetDateTime(3), Instant(4), Instant(5), Instant(6), Instant(7), Instant(8)));
            total = (int)reader.GetInt64(9);
        }

        return (keys, total);

        DateTime? Instant(int column) => reader.IsDBNull(column) ? null : reader.GetDateTime(column);
    }
}

/// <summary>A key was asked for a council or region that does not exist.</summary>
internal sealed class UnknownScopeException(string scope) : Exception($"There is no such council or region: “{scope}”.")
{
    public string Scope { get; } = scope;
}

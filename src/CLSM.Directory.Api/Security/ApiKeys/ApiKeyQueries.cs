using CLSM.Directory.Api.Security.Callers;
using Npgsql;
using NpgsqlTypes;

namespace CLSM.Directory.Api.Security.ApiKeys;

/// <summary>
/// Keys in the database. Most statements call functions that both the owner and the service may call; those on the table itself are the owner's.
/// </summary>
internal static class ApiKeyQueries
{
    /// <summary>How long a rotated secret goes on, where nothing else is said.</summary>
    public static readonly TimeSpan DefaultOverlap = TimeSpan.FromDays(7);

    /// <summary>Makes a key and gives its secret, this once, unless a council or region of its scopes does not exist.</summary>
    public static async Task<ApiKeyCreation> CreateAsync(NpgsqlConnection connection, NewApiKey key, CancellationToken cancellationToken)
    {
        var known = await CouncilIdsAsync(connection, key.Scopes.Councils, cancellationToken);
        if (key.Scopes.Councils.FirstOrDefault(code => !known.ContainsKey(code)) is { } council)
        {
            return new ApiKeyCreation.UnknownScope(GrantedScopes.CouncilPrefix + council);
        }

        if (await FindUnknownRegionAsync(connection, key.Scopes.Regions, cancellationToken) is { } region)
        {
            return new ApiKeyCreation.UnknownScope(GrantedScopes.RegionPrefix + region);
        }

        var councils = key.Scopes.Councils.Select(code => known[code]).Distinct().ToArray();
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
        return new ApiKeyCreation.Created(secret);
    }

    /// <summary>The valid key of this hash of a secret; null where there is none.</summary>
    public static async Task<AuthenticatedKey?> AuthenticateAsync(NpgsqlDataSource database, byte[] hash, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select id, name, is_administrator, council_ids, region_codes, is_use_to_note from directory.find_api_key($1)");
        command.Parameters.Add(new NpgsqlParameter { Value = hash });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new AuthenticatedKey(
                reader.GetGuid(0),
                reader.GetString(1),
                reader.GetBoolean(2),
                reader.GetFieldValue<Guid[]>(3),
                reader.GetFieldValue<string[]>(4),
                reader.GetBoolean(5))
            : null;
    }

    /// <summary>Records that these keys were used now.</summary>
    public static async Task RecordUseAsync(NpgsqlDataSource database, IReadOnlyCollection<Guid> keys, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select directory.note_key_use($1)");
        command.Parameters.Add(new NpgsqlParameter { Value = keys.ToArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
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

    /// <summary>Revokes the key of this id, or all of this name that are not revoked yet; gives how many. Only the owner may.</summary>
    public static async Task<int> RevokeAsync(NpgsqlConnection connection, string idOrName, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            update directory.api_key set revoked_at = clock_timestamp()
            where revoked_at is null and (id::text = lower($1) or name = $1)
            """,
            connection)
        {
            Parameters = { new() { Value = idOrName } },
        };
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Ids of the valid keys of this id or name. Only the owner may.</summary>
    public static async Task<IReadOnlyList<Guid>> FindValidAsync(NpgsqlConnection connection, string idOrName, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select array_agg(id) from directory.api_key
            where revoked_at is null and (expires_at is null or expires_at > clock_timestamp()) and (id::text = lower($1) or name = $1)
            """,
            connection)
        {
            Parameters = { new() { Value = idOrName } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) as Guid[] ?? [];
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
        await using var command = new NpgsqlCommand("select e.*, 1::bigint from directory.api_key_entry e where e.id = $1", connection)
        {
            Parameters = { new() { Value = id } },
        };
        return (await ReadAsync(command, cancellationToken)).Keys.SingleOrDefault();
    }

    /// <summary>The ids of the councils of these codes, former codes too.</summary>
    public static async Task<IReadOnlyDictionary<string, Guid>> CouncilIdsAsync(
        NpgsqlConnection connection, IReadOnlyList<string> codes, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Guid>(StringComparer.Ordinal);
        if (codes.Count == 0)
        {
            return found;
        }

        await using var command = new NpgsqlCommand("select code, council_id from directory.council_code where code = any($1)", connection)
        {
            Parameters = { new() { Value = codes.ToArray() } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(reader.GetString(0), reader.GetGuid(1));
        }

        return found;
    }

    private static async Task<string?> FindUnknownRegionAsync(
        NpgsqlConnection connection, IReadOnlyList<string> regions, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select r from unnest($1) r where not exists (select from directory.reference_region x where x.code = r) limit 1", connection)
        {
            Parameters = { new() { Value = regions.ToArray() } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    private static async Task<(IReadOnlyList<ApiKeyEntry> Keys, int Total)> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var keys = new List<ApiKeyEntry>();
        var total = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            keys.Add(new ApiKeyEntry(
                reader.GetGuid(0),
                reader.GetString(1),
                reader.GetFieldValue<string[]>(2),
                reader.GetDateTime(3),
                Instant(4),
                Instant(5),
                Instant(6),
                Instant(7),
                Instant(8)));
            total = (int)reader.GetInt64(9);
        }

        return (keys, total);

        DateTime? Instant(int column) => reader.IsDBNull(column) ? null : reader.GetDateTime(column);
    }
}

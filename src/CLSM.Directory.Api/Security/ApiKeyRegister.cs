using Npgsql;

namespace CLSM.Directory.Api.Security;

/// <summary>A key as it is listed: never its secret.</summary>
internal sealed record ApiKeyEntry(Guid Id, string Name, bool IsAdministrator, IReadOnlyList<string> Councils, DateTime CreatedAt, DateTime? ExpiresAt, DateTime? RevokedAt);

/// <summary>Creates, lists and revokes keys, as the role that owns the schema: the service itself cannot.</summary>
internal sealed class ApiKeyRegister(string ownerConnectionString)
{
    /// <summary>Creates a key and gives its secret, this once.</summary>
    /// <exception cref="UnknownCouncilException">A council does not exist.</exception>
    public async Task<(Guid Id, string Secret)> CreateAsync(string name, bool isAdministrator, IReadOnlyList<string> councils, DateTime? expiresAt, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(ownerConnectionString);
        var councilIds = new List<Guid>();
        foreach (var (code, id) in await CouncilIdsAsync(source, councils, cancellationToken))
        {
            councilIds.Add(id ?? throw new UnknownCouncilException(code));
        }

        var secret = ApiKeySecret.Create();
        var keyId = Guid.CreateVersion7();
        await using var command = source.CreateCommand(
            "insert into directory.api_key (id, name, secret_hash, is_administrator, council_ids, expires_at) values ($1, $2, $3, $4, $5, $6)");
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = keyId },
            new() { Value = name },
            new() { Value = ApiKeySecret.Hash(secret) },
            new() { Value = isAdministrator },
            new() { Value = councilIds.ToArray() },
            new() { Value = (object?)expiresAt ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz },
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return (keyId, secret);
    }

    public async Task<IReadOnlyList<ApiKeyEntry>> ListAsync(CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(ownerConnectionString);
        await using var command = source.CreateCommand(
            """
            select k.id, k.name, k.is_administrator,
                   array(select distinct on (c.council_id) c.code from directory.council_code c
                         where c.council_id = any(k.council_ids) order by c.council_id, c.since desc),
                   k.created_at, k.expires_at, k.revoked_at
            from directory.api_key k order by k.created_at, k.id
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var keys = new List<ApiKeyEntry>();
        while (await reader.ReadAsync(cancellationToken))
        {
            keys.Add(new ApiKeyEntry(
                reader.GetGuid(0), reader.GetString(1), reader.GetBoolean(2), reader.GetFieldValue<string[]>(3), reader.GetDateTime(4),
                await reader.IsDBNullAsync(5, cancellationToken) ? null : reader.GetDateTime(5),
                await reader.IsDBNullAsync(6, cancellationToken) ? null : reader.GetDateTime(6)));
        }

        return keys;
    }

    /// <summary>Revokes the key with this id, or all valid ones of this name; gives how many.</summary>
    public async Task<int> RevokeAsync(string idOrName, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(ownerConnectionString);
        await using var command = source.CreateCommand(
            "update directory.api_key set revoked_at = clock_timestamp() where revoked_at is null and (id::text = lower($1) or name = $1)");
        command.Parameters.Add(new NpgsqlParameter { Value = idOrName });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<(string Code, Guid? Id)>> CouncilIdsAsync(NpgsqlDataSource source, IReadOnlyList<string> codes, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "select wanted, (select k.council_id from directory.council_code k where k.code = wanted) from unnest($1) with ordinality as list(wanted, place) order by place");
        command.Parameters.Add(new NpgsqlParameter { Value = codes.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<(string, Guid?)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add((reader.GetString(0), await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetGuid(1)));
        }

        return found;
    }
}

/// <summary>A key was asked for a council that does not exist.</summary>
internal sealed class UnknownCouncilException(string code) : Exception($"There is no council “{code}”.")
{
    public string Code { get; } = code;
}

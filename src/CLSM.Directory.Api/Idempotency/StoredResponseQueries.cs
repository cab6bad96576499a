using CLSM.Directory.Api.Web.Results;
using Npgsql;
using NpgsqlTypes;

namespace CLSM.Directory.Api.Idempotency;

/// <summary>A response as it is stored.</summary>
/// <param name="Fingerprint">Hash of the request that it answers.</param>
/// <param name="Content">The encrypted response; null where it was erased.</param>
internal sealed record EncryptedResponse(byte[] Fingerprint, byte[]? Content);

/// <summary>Reads and writes the stored responses to requests with an Idempotency-Key, and locks such a request.</summary>
internal static class StoredResponseQueries
{
    /// <summary>The response that is stored for a request; null where there is none of the last day.</summary>
    public static async Task<EncryptedResponse?> FindAsync(
        NpgsqlDataSource database, IdempotentRequest request, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select fingerprint, response from directory.stored_response where request_hash = $1 and stored_at > now() - interval '24 hours'");
        command.Parameters.Add(new NpgsqlParameter { Value = request.Hash });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new EncryptedResponse(
                reader.GetFieldValue<byte[]>(0),
                await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetFieldValue<byte[]>(1))
            : null;
    }

    /// <summary>Locks a request until the end of the transaction; false where another transaction holds the lock, or has stored the response.</summary>
    public static async Task<bool> TryLockAsync(
        NpgsqlTransaction transaction, IdempotentRequest request, CancellationToken cancellationToken)
    {
        // Two statements: the second sees what was committed until the lock was had.
        await using var command = new NpgsqlCommand(
            """
            select pg_try_advisory_xact_lock(@lock);
            select exists (select from directory.stored_response where request_hash = @hash and stored_at > now() - interval '24 hours')
            """,
            transaction.Connection,
            transaction);
        command.Parameters.AddWithValue("lock", request.Lock);
        command.Parameters.AddWithValue("hash", request.Hash);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var isLocked = reader.GetBoolean(0);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return isLocked && !reader.GetBoolean(0);
    }

    /// <summary>Stores a response, and removes some that are older than a day.</summary>
    public static async Task StoreAsync(
        NpgsqlTransaction transaction,
        IdempotentRequest request,
        StoredResponse response,
        byte[] encrypted,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            with removed as (
                delete from directory.stored_response
                where request_hash in (
                    select request_hash from directory.stored_response
                    where stored_at < now() - interval '24 hours' and request_hash <> $1
                    order by stored_at limit 10 for update skip locked)
                -- Everybody has the sandbox's key, so it keeps few.
                or $5 and request_hash in (
                    select request_hash from directory.stored_response
                    where is_sandbox and request_hash <> $1
                    order by stored_at desc offset 500 for update skip locked)
            )
            insert into directory.stored_response (request_hash, fingerprint, resource_id, response, is_sandbox)
            values ($1, $2, $3, $4, $5 or coalesce(directory.current_council() = directory.sandbox(), false))
            on conflict (request_hash) do update
                set fingerprint = excluded.fingerprint, resource_id = excluded.resource_id, response = excluded.response,
                    is_sandbox = excluded.is_sandbox, stored_at = now()
            """,
            transaction.Connection,
            transaction);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = request.Hash },
            new() { Value = request.Fingerprint },
            new() { Value = (object?)response.ResourceId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            new() { Value = encrypted },
            new() { Value = request.IsShared },
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Lets a transaction be idle for as long as the others take for which it waits.</summary>
    public static async Task AllowIdleAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "set local idle_in_transaction_session_timeout = 0", transaction.Connection, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

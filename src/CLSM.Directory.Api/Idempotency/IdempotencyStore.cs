using System.Threading.RateLimiting;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Results;
using Npgsql;
using NpgsqlTypes;

namespace CLSM.Directory.Api.Idempotency;

/// <summary>
/// Stores the responses to requests with an Idempotency-Key in the transaction of the write itself: either both are stored or neither. A request
/// holds a lock of its transaction, which ends with the transaction in any case.
/// </summary>
internal sealed class IdempotencyStore([FromKeyedServices(DataSources.Service)] NpgsqlDataSource database) : IDisposable
{
    /// <summary>Code of the problem of a request whose first one is not answered yet.</summary>
    public const string ConcurrentRequest = "request-under-way";

    // A request that holds one connection and waits for another must leave connections to the others.
    private readonly ConcurrencyLimiter holders = new(new ConcurrencyLimiterOptions { PermitLimit = 8, QueueLimit = int.MaxValue });

    /// <summary>Returns the response to the first request, or why it cannot be sent again; null if this is the first.</summary>
    public async Task<IResult?> FindAsync(IdempotentRequest request, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select fingerprint, response from directory.stored_response where request_hash = $1 and stored_at > now() - interval '24 hours'");
        command.Parameters.Add(new NpgsqlParameter { Value = request.Hash });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        if (!reader.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(request.Fingerprint))
        {
            return new ApiProblem(StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused");
        }

        return !await reader.IsDBNullAsync(1, cancellationToken) && request.Decrypt(reader.GetFieldValue<byte[]>(1)) is { } answer
            ? StoredResponse.FromBytes(answer)
            : new ApiProblem(StatusCodes.Status410Gone, "answer-erased");
    }

    /// <summary>Makes the transaction the only one that answers this request, or returns that another one does, or did.</summary>
    public static async Task<ApiProblem?> AcquireLockAsync(IdempotentRequest request, NpgsqlTransaction transaction, CancellationToken cancellationToken)
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
        var isAnswered = reader.GetBoolean(0);
        return isLocked && !isAnswered
            ? null
            : new ApiProblem(StatusCodes.Status409Conflict, ConcurrentRequest) { Headers = [("Retry-After", "1")] };
    }

    /// <summary>Stores the response in the transaction that made it true, and removes some that are older than a day.</summary>
    public static async Task StoreAsync(
        IdempotentRequest request, StoredResponse response, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var encrypted = request.Encrypt(response.ToBytes());
        if (encrypted.Length > (request.IsShared ? StoredResponse.MaxBytes / 16 : StoredResponse.MaxBytes))
        {
            return;
        }

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
                set fingerprint = excluded.fingerprint, resource_id = excluded.resource_id, response = excluded.response, is_sandbox = excluded.is_sandbox, stored_at = now()
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

    /// <summary>Answers a request that writes in many transactions: one more holds the lock, and stores the response at the end.</summary>
    public async Task<object?> RunHoldingLockAsync(IdempotentWrite write, Func<ValueTask<object?>> answer, CancellationToken cancellationToken)
    {
        using var holder = await holders.AcquireAsync(1, cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // It is idle while it waits for all the others, and holds back nothing meanwhile.
        await using (var timeout = new NpgsqlCommand("set local idle_in_transaction_session_timeout = 0", connection, transaction))
        {
            await timeout.ExecuteNonQueryAsync(cancellationToken);
        }

        if (await AcquireLockAsync(write.Request, transaction, cancellationToken) is { } problem)
        {
            return problem;
        }

        var result = await answer();
        if (result is IReplayableResult replayable)
        {
            await write.BeforeCommitAsync(transaction, replayable, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return result;
    }

    public void Dispose() => holders.Dispose();
}

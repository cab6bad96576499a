using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Security;
using Npgsql;
using NpgsqlTypes;

namespace CLSM.Directory.Api.Retries;

/// <summary>
/// The answers to writes that were made under an Idempotency-Key, stored in the transaction of the write itself: either both are there or
/// neither. While a request is under way it holds a lock of its transaction, which ends with it whatever happens.
/// </summary>
internal sealed class KeptAnswers([FromKeyedServices(ApiKeyAuthentication.DataSource)] NpgsqlDataSource database)
{
    /// <summary>So that those who hold a connection and wait for another never hold all of them.</summary>
    private static readonly SemaphoreSlim Holders = new(8);

    /// <summary>The present request, where it came with an Idempotency-Key.</summary>
    public RepeatableRequest? Request { get; set; }

    /// <summary>What a first request was answered, or why this one cannot be answered like it; null where it is the first.</summary>
    public async Task<IResult?> FindAsync(CancellationToken cancellationToken)
    {
        var request = Request!;
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
            return new Refusal(StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused");
        }

        return !await reader.IsDBNullAsync(1, cancellationToken) && request.Decrypt(reader.GetFieldValue<byte[]>(1)) is { } answer
            ? KeptAnswer.FromBytes(answer)
            : new Refusal(StatusCodes.Status410Gone, "answer-erased");
    }

    /// <summary>Makes the transaction the only one that answers this request.</summary>
    /// <exception cref="RepeatedRequestException">Another one is at it, or has been.</exception>
    public async Task ClaimAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        if (Request is not { } request)
        {
            return;
        }

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
        if (!reader.GetBoolean(0))
        {
            throw new RepeatedRequestException(isUnderWay: true);
        }

        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        if (reader.GetBoolean(0))
        {
            throw new RepeatedRequestException(isUnderWay: false);
        }
    }

    /// <summary>Keeps the answer, in the transaction that made it true, and removes some that have been kept long enough.</summary>
    public async Task KeepAsync(NpgsqlTransaction transaction, KeptAnswer answer, CancellationToken cancellationToken)
    {
        if (Request is not { } request || request.Encrypt(answer.ToBytes()) is not { } kept || kept.Length > (request.IsOfSandbox ? KeptAnswer.MostBytes / 16 : KeptAnswer.MostBytes))
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
            new() { Value = (object?)answer.Resource ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            new() { Value = kept },
            new() { Value = request.IsOfSandbox },
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Answers a request that writes in many transactions: one more holds the lock, and keeps the answer when all is done.</summary>
    public async Task<object?> AroundAsync(HttpContext context, Func<ValueTask<object?>> answer, CancellationToken cancellationToken)
    {
        await Holders.WaitAsync(cancellationToken);
        try
        {
            return await HoldAsync(context, answer, cancellationToken);
        }
        finally
        {
            Holders.Release();
        }
    }

    private async Task<object?> HoldAsync(HttpContext context, Func<ValueTask<object?>> answer, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // It waits for all the others, and no query of its own makes it hold anything back meanwhile.
        await using (var patience = new NpgsqlCommand("set local idle_in_transaction_session_timeout = 0", connection, transaction))
        {
            await patience.ExecuteNonQueryAsync(cancellationToken);
        }

        await ClaimAsync(transaction, cancellationToken);
        var result = await answer();
        if (result is IRepeatableAnswer repeatable)
        {
            await KeepAsync(transaction, repeatable.Keep(context), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return result;
    }
}

/// <summary>The request is a repetition of one that is under way, or of one that has just been answered.</summary>
internal sealed class RepeatedRequestException(bool isUnderWay) : Exception("A repeated request.")
{
    public bool IsUnderWay { get; } = isUnderWay;
}

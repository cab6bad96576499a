using System.Threading.RateLimiting;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Results;
using Npgsql;

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
        if (await StoredResponseQueries.FindAsync(database, request, cancellationToken) is not { } stored)
        {
            return null;
        }

        if (!stored.Fingerprint.AsSpan().SequenceEqual(request.Fingerprint))
        {
            return new ApiProblem(StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused");
        }

        return stored.Content is { } content && request.Decrypt(content) is { } answer
            ? StoredResponse.FromBytes(answer)
            : new ApiProblem(StatusCodes.Status410Gone, "answer-erased");
    }

    /// <summary>Makes the transaction the only one that answers this request, or returns that another one does, or did.</summary>
    public static async Task<ApiProblem?> AcquireLockAsync(
        IdempotentRequest request, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        await StoredResponseQueries.TryLockAsync(transaction, request, cancellationToken)
            ? null
            : new ApiProblem(StatusCodes.Status409Conflict, ConcurrentRequest) { Headers = [("Retry-After", "1")] };

    /// <summary>Stores the response in the transaction that made it true, and removes some that are older than a day.</summary>
    public static async Task StoreAsync(
        IdempotentRequest request, StoredResponse response, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var encrypted = request.Encrypt(response.ToBytes());
        if (encrypted.Length <= (request.IsShared ? StoredResponse.MaxBytes / 16 : StoredResponse.MaxBytes))
        {
            await StoredResponseQueries.StoreAsync(transaction, request, response, encrypted, cancellationToken);
        }
    }

    /// <summary>Answers a request that writes in many transactions: one more holds the lock, and stores the response at the end.</summary>
    public async Task<object?> RunHoldingLockAsync(IdempotentWrite write, Func<ValueTask<object?>> answer, CancellationToken cancellationToken)
    {
        using var holder = await holders.AcquireAsync(1, cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // It is idle while it waits for all the others, and holds back nothing meanwhile.
        await StoredResponseQueries.AllowIdleAsync(transaction, cancellationToken);
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

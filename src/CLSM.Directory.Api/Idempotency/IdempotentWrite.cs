using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Results;
using Npgsql;

namespace CLSM.Directory.Api.Idempotency;

/// <summary>The write of a request that came with an Idempotency-Key: it stores its response in the transaction of the write itself.</summary>
internal sealed class IdempotentWrite(IdempotentRequest request, HttpContext context) : ITransactionParticipant
{
    public IdempotentRequest Request => request;

    /// <summary>The write of this request; null if it came without a key.</summary>
    public static IdempotentWrite? Of(HttpContext context) => context.Features.Get<IdempotentWrite>();

    public Task<ApiProblem?> BeginAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        IdempotencyStore.AcquireLockAsync(request, transaction, cancellationToken);

    public Task BeforeCommitAsync(NpgsqlTransaction transaction, IResult result, CancellationToken cancellationToken) => result is IReplayableResult replayable
        ? IdempotencyStore.StoreAsync(request, replayable.ToStoredResponse(context), transaction, cancellationToken)
        : Task.CompletedTask;
}

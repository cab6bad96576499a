using CLSM.Directory.Api.Web.Problems;
using Npgsql;

namespace CLSM.Directory.Api.Database;

/// <summary>Takes part in the transaction of a write, such as the store of responses to idempotent requests.</summary>
internal interface ITransactionParticipant
{
    /// <summary>Runs before the transaction waits for any lock. A problem ends the transaction.</summary>
    Task<ApiProblem?> BeginAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken);

    /// <summary>Runs after everything was saved, and before it is committed.</summary>
    Task BeforeCommitAsync(NpgsqlTransaction transaction, IResult result, CancellationToken cancellationToken);
}

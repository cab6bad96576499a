using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Documents;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Sandbox;

/// <summary>
/// Makes the sandbox what it is when it is new, in one transaction: the code of <c>PUT …/document</c> writes what differs, and its end forgets
/// what was written there before, with its entries of the change log and the answers that were kept.
/// </summary>
internal sealed class SandboxReset(
    CouncilDbContext database, ITenantStore tenants, TenantContext tenant, CouncilTransactions transactions, DocumentCheck check, DocumentWriter writer)
{
    private const string Reason = "reset";

    /// <summary>False where another node has made it new since <paramref name="due"/>; null makes it new whatever was.</summary>
    /// <exception cref="InvalidOperationException">The sandbox is refused, or was removed by an administrator.</exception>
    public async Task<bool> RunAsync(DateTimeOffset? due, CancellationToken cancellationToken)
    {
        var (body, unreadable) = RequestBody.Parse(SandboxCouncil.Document());
        var (document, invalid) = unreadable is null ? check.Read(body) : (null, unreadable);
        Accept(invalid);

        var lookup = await tenants.FindAsync(SandboxCouncil.Code, cancellationToken);
        if (lookup is TenantLookup.Unknown)
        {
            Accept((await writer.WriteAsync(lookup, document!, new Precondition(Any: true, []), DocumentWriteOptions.None, cancellationToken)).Refusal);
            return true;
        }

        if (lookup is not TenantLookup.Found { Tenant: var sandbox } || sandbox.Id != SandboxCouncil.Id)
        {
            throw new InvalidOperationException($"What stands under “{SandboxCouncil.Code}” is not the sandbox, or it was removed.");
        }

        tenant.Enter(sandbox);
        var (isDone, refusal) = await transactions.RunAsync(new() { RemovalReason = Reason }, ResetInAsync, cancellationToken);
        Accept(refusal);
        return isDone;

        async Task<(bool IsDone, Refusal? Refusal)> ResetInAsync(CouncilTransaction transaction)
        {
            var (_, refused) = await writer.ReplaceAsync(transaction, document!, new Precondition(Any: true, []), DocumentWriteOptions.None, cancellationToken);
            if (refused is not null)
            {
                return (false, refused);
            }

            await transaction.SaveAsync(cancellationToken);
            var instant = due?.UtcDateTime;
            var isFirst = (await database.Database.SqlQuery<bool>($"select directory.reset_sandbox({instant}) as \"Value\"").ToListAsync(cancellationToken))[0];
            if (isFirst)
            {
                await transaction.CommitAsync(cancellationToken);
            }

            return (isFirst, null);
        }
    }

    private static void Accept(Refusal? refusal)
    {
        if (refusal?.ToProblem(SandboxCouncil.Code, english: true) is { } problem)
        {
            throw new InvalidOperationException($"{problem.Detail} {string.Join("; ", (problem.Errors ?? []).Select(error => $"{error.Pointer}: {error.Detail}"))}");
        }
    }
}

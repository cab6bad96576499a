using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Features.Councils;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Requests;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Features.Sandbox;

/// <summary>
/// Resets the sandbox in one transaction. The code of <c>PUT …/document</c> writes what differs; a function of the database then removes
/// what was written before: the entries of the change log and the stored responses.
/// </summary>
internal sealed class SandboxReset(
    CouncilDbContext database,
    CouncilResolver councils,
    CouncilTransactions transactions,
    PartTypeCatalogue types,
    CouncilDocumentValidator check,
    DocumentWriter writer)
{
    private const string Reason = "reset";

    private static readonly IfMatch AnyVersion = new(Any: true, []);

    /// <summary>Returns false if another node has reset it since <paramref name="due"/>; null resets it in any case.</summary>
    /// <exception cref="InvalidOperationException">The document is refused, or an administrator removed the council.</exception>
    public async Task<bool> RunAsync(DateTimeOffset? due, CancellationToken cancellationToken)
    {
        var read = JsonBodyReader.Parse(SandboxCouncil.Document()).TryGet(out var body, out var unreadable) ? check.Read(body) : unreadable;
        if (!read.TryGet(out var document, out var invalid))
        {
            throw new InvalidOperationException(Describe(invalid));
        }

        var lookup = await councils.EnterAsync(SandboxCouncil.Code, cancellationToken);
        if (lookup is TenantLookup.Unknown)
        {
            Accept((await writer.WriteAsync(lookup, document, AnyVersion, DocumentWriteOptions.None, cancellationToken)).Problem);
            return true;
        }

        if (lookup is not TenantLookup.Found { Tenant: var sandbox } || sandbox.Id != SandboxCouncil.Id)
        {
            throw new InvalidOperationException($"What stands under “{SandboxCouncil.Code}” is not the sandbox, or it was removed.");
        }

        var (isDone, problem) = await transactions.RunAsync(new() { RemovalReason = Reason }, ResetInAsync, cancellationToken);
        Accept(problem);
        return isDone;

        async Task<(bool IsDone, ApiProblem? Problem)> ResetInAsync(CouncilTransaction transaction)
        {
            var (_, refused) = await writer.ReplaceAsync(transaction, document, AnyVersion, DocumentWriteOptions.None, cancellationToken);
            if (refused is not null)
            {
                return (false, refused);
            }

            // Documents leave other kinds of parts alone.
            foreach (var type in types.All.Where(type => !type.IsInDocuments))
            {
                database.RemoveRange(await type.Rows(database).Where(row => row.CouncilId == sandbox.Id).ToListAsync(cancellationToken));
            }

            await transaction.SaveAsync(cancellationToken);
            var isFirst = await SandboxQueries.ResetAsync(database, due, cancellationToken);
            if (isFirst)
            {
                await transaction.CommitAsync(cancellationToken);
            }

            return (isFirst, null);
        }
    }

    private static void Accept(ApiProblem? problem)
    {
        if (problem is not null)
        {
            throw new InvalidOperationException(Describe(problem));
        }
    }

    private static string Describe(ApiProblem problem)
    {
        var body = problem.ToProblem(SandboxCouncil.Code, english: true);
        return $"{body.Detail} {string.Join("; ", (body.Errors ?? []).Select(error => $"{error.Pointer}: {error.Detail}"))}";
    }
}

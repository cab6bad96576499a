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
internal static class SandboxReset
{
    private const string Reason = "reset";

    /// <summary>False where another node has made it new since <paramref name="due"/>; null makes it new whatever was.</summary>
    /// <exception cref="InvalidOperationException">The sandbox is refused, or was removed by an administrator.</exception>
    public static async Task<bool> RunAsync(IServiceProvider services, DateTimeOffset? due, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var provider = scope.ServiceProvider;
        var (body, unreadable) = RequestBody.Parse(SandboxCouncil.Document());
        var (document, invalid) = unreadable is null ? provider.GetRequiredService<DocumentCheck>().Read(body) : (null, unreadable);
        Accept(invalid);

        var writer = provider.GetRequiredService<DocumentWriter>();
        var lookup = await provider.GetRequiredService<ITenantStore>().FindAsync(SandboxCouncil.Code, cancellationToken);
        if (lookup is TenantLookup.Unknown)
        {
            Accept((await writer.CreateAsync(document!, cancellationToken)).Refusal);
            return true;
        }

        if (lookup is not TenantLookup.Found { Tenant: var tenant } || tenant.Id != SandboxCouncil.Id)
        {
            throw new InvalidOperationException($"What stands under “{SandboxCouncil.Code}” is not the sandbox, or it was removed.");
        }

        provider.GetRequiredService<TenantContext>().Enter(tenant);
        var database = provider.GetRequiredService<CouncilDbContext>();
        var isDone = false;
        writer.RemovalReason = Reason;
        writer.AtTheEnd = async () =>
        {
            var instant = due?.UtcDateTime;
            isDone = (await database.Database.SqlQuery<bool>($"select directory.reset_sandbox({instant}) as \"Value\"").ToListAsync(cancellationToken))[0];
            return isDone;
        };
        Accept((await writer.ReplaceAsync(document!, new Precondition(Any: true, []), cancellationToken)).Refusal);
        return isDone;
    }

    private static void Accept(Refusal? refusal)
    {
        if (refusal?.ToProblem(SandboxCouncil.Code, english: true) is { } problem)
        {
            throw new InvalidOperationException($"{problem.Detail} {string.Join("; ", (problem.Errors ?? []).Select(error => $"{error.Pointer}: {error.Detail}"))}");
        }
    }
}

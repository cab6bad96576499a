using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Tenancy;

namespace CLSM.Directory.Api.Documents;

/// <summary>Takes in a council document without HTTP, by the code that serves <c>PUT …/document</c>.</summary>
internal static class DocumentImport
{
    public static async Task<(string? Code, DocumentOutcome? Outcome, Refusal? Refusal)> ImportAsync(IServiceProvider services, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken, bool onlyUnknown = false)
    {
        var (body, unreadable) = RequestBody.Parse(bytes);
        if (unreadable is not null)
        {
            return (null, null, unreadable);
        }

        var (document, invalid) = DocumentCheck.Read(body);
        if (invalid is not null)
        {
            return (null, null, invalid);
        }

        // A scope for each council: a unit of work cannot touch two.
        await using var scope = services.CreateAsyncScope();
        var writer = scope.ServiceProvider.GetRequiredService<DocumentWriter>();
        var lookup = await scope.ServiceProvider.GetRequiredService<ITenantStore>().FindAsync(document!.Code, cancellationToken);
        if (onlyUnknown && lookup is not TenantLookup.Unknown)
        {
            return (document.Code, null, null);
        }

        var (outcome, refusal) = lookup switch
        {
            TenantLookup.Found found => await ReplaceAsync(found.Tenant),
            TenantLookup.Unknown => await writer.CreateAsync(document, cancellationToken),
            _ => (null, new Refusal(StatusCodes.Status409Conflict, "code-taken", document.Code)),
        };
        return (document.Code, outcome, refusal);

        Task<(DocumentOutcome?, Refusal?)> ReplaceAsync(TenantInfo tenant)
        {
            scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(tenant);

            // A file is mostly an export, which shows what is public.
            writer.KeepsRestricted = true;
            return writer.ReplaceAsync(document, new Precondition(Any: true, []), cancellationToken);
        }
    }
}

/// <summary>The two councils that ship with the product.</summary>
internal static class Seeds
{
    /// <summary>
    /// Loads each council that the directory never had: a start that was interrupted goes on, and what was changed or removed since stays so.
    /// </summary>
    /// <exception cref="InvalidOperationException">A seed is refused: the product is broken.</exception>
    public static async Task LoadAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        foreach (var name in EmbeddedText.Names("Seeds."))
        {
            var (_, _, refusal) = await DocumentImport.ImportAsync(services, EmbeddedText.ReadBytes(name), cancellationToken, onlyUnknown: true);
            if (refusal is not null)
            {
                var problem = refusal.ToProblem(name, english: true);
                throw new InvalidOperationException($"{name}: {problem.Detail} {string.Join("; ", (problem.Errors ?? []).Select(error => $"{error.Pointer}: {error.Detail}"))}");
            }
        }
    }
}

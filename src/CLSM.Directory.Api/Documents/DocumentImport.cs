using CLSM.Directory.Api.Councils;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Sheets;
using CLSM.Directory.Api.Tenancy;

namespace CLSM.Directory.Api.Documents;

/// <summary>Takes in a council document without HTTP, by the code that serves <c>PUT …/document</c>.</summary>
internal static class DocumentImport
{
    public static async Task<(string? Code, DocumentOutcome? Outcome, Refusal? Refusal)> ImportAsync(
        IServiceProvider services, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken, bool onlyUnknown = false, IReadOnlySet<string>? alongside = null)
    {
        var (body, unreadable) = RequestBody.Parse(bytes);
        if (unreadable is not null)
        {
            return (null, null, unreadable);
        }

        var (document, invalid) = services.GetRequiredService<DocumentCheck>().Read(body);
        if (invalid is not null)
        {
            return (null, null, invalid);
        }

        // A scope for each council: a unit of work cannot touch two.
        await using var scope = services.CreateAsyncScope();
        var writer = scope.ServiceProvider.GetRequiredService<DocumentWriter>();
        scope.ServiceProvider.GetRequiredService<SuccessionCheck>().Alongside = alongside ?? new HashSet<string>();
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

/// <summary>The councils that ship with the product: two as documents, the others as sheets.</summary>
internal static class Seeds
{
    /// <summary>
    /// Loads each council that the directory never had: a start that was interrupted goes on, and what was changed or removed since stays so.
    /// </summary>
    /// <exception cref="InvalidOperationException">A seed is refused: the product is broken.</exception>
    public static async Task LoadAsync(IServiceProvider services, CancellationToken cancellationToken, bool sheets = true)
    {
        foreach (var name in EmbeddedText.Names("Seeds.").Where(name => name.EndsWith(".json", StringComparison.Ordinal)))
        {
            await LoadAsync(services, name, cancellationToken);
        }

        if (sheets)
        {
            await LoadSheetsAsync(services, cancellationToken);
        }
    }

    /// <summary>Loads the made-up council alone, which every installation has.</summary>
    /// <exception cref="InvalidOperationException">It is refused: the product is broken.</exception>
    public static Task LoadSandboxAsync(IServiceProvider services, CancellationToken cancellationToken) => LoadAsync(services, "Seeds.sandbox.json", cancellationToken);

    private static async Task LoadAsync(IServiceProvider services, string name, CancellationToken cancellationToken)
    {
        var (_, _, refusal) = await DocumentImport.ImportAsync(services, EmbeddedText.ReadBytes(name), cancellationToken, onlyUnknown: true);
        if (refusal is not null)
        {
            var problem = refusal.ToProblem(name, english: true);
            throw new InvalidOperationException($"{name}: {problem.Detail} {string.Join("; ", (problem.Errors ?? []).Select(error => $"{error.Pointer}: {error.Detail}"))}");
        }
    }

    private static async Task LoadSheetsAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(EmbeddedText.ReadBytes("Seeds.sheets.ndjson"));
        var sheets = new Dictionary<string, SheetRecord>(StringComparer.Ordinal);
        await foreach (var record in SheetRecords.ReadAsync(stream, SheetFormat.Ndjson, cancellationToken))
        {
            sheets.Add(record.Value!.Value.GetProperty("id").GetString()!, record);
        }

        await using (var scope = services.CreateAsyncScope())
        {
            foreach (var known in await scope.ServiceProvider.GetRequiredService<ITenantStore>().KnownAsync(sheets.Keys, cancellationToken))
            {
                sheets.Remove(known);
            }
        }

        if (sheets.Count == 0)
        {
            return;
        }

        var territories = await services.GetRequiredService<SheetTerritories>().GetAsync(cancellationToken);
        var import = new SheetImport(services, territories, services.GetRequiredService<TimeProvider>()) { English = true };
        foreach (var record in sheets.Values)
        {
            var item = await import.ImportAsync(record, [], cancellationToken);
            if (item.Outcome == ImportItem.RefusedOutcome)
            {
                throw new InvalidOperationException($"sheet {item.Line}: {string.Join("; ", item.Problems.Select(problem => $"{problem.Pointer}: {problem.Detail}"))}");
            }
        }
    }
}

using CLSM.Directory.Api.Features.Councils;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Requests;
using CLSM.Directory.Api.Web.Resources;
using CLSM.Directory.Importing;
using CLSM.Directory.Importing.Reading;

namespace CLSM.Directory.Api.Features.Imports;

/// <summary>Imports a council document without HTTP, by the code that serves <c>PUT …/document</c>.</summary>
internal sealed class DocumentImport(TenantScope<DocumentWriter> scopes, CouncilDocumentValidator check)
{
    /// <summary>A file is mostly an export, which shows what is public.</summary>
    public static readonly DocumentWriteOptions FromFile = new() { KeepsRestricted = true };

    public Task<(string? Code, DocumentWriteResult? Outcome, ApiProblem? Problem)> ImportAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        ImportAsync(bytes, FromFile, cancellationToken);

    public async Task<(string? Code, DocumentWriteResult? Outcome, ApiProblem? Problem)> ImportAsync(
        ReadOnlyMemory<byte> bytes, DocumentWriteOptions options, CancellationToken cancellationToken)
    {
        if (!JsonBodyReader.Parse(bytes).TryGet(out var body, out var unreadable))
        {
            return (null, null, unreadable);
        }

        if (!check.Read(body).TryGet(out var document, out var invalid))
        {
            return (null, null, invalid);
        }

        var (outcome, problem) = await scopes.RunAsync(writer => writer.WriteAsync(document!, options, cancellationToken));
        return (document!.Code, outcome, problem);
    }
}

/// <summary>The councils that ship with the product: two as documents, the others as sheets.</summary>
internal sealed class Seeds(
    DocumentImport documents, TenantScope<ITenantStore> tenants, TenantScope<SheetImporter> sheets, TerritoryNameProvider territories, TimeProvider time)
{
    private static readonly DocumentWriteOptions OnlyUnknown = DocumentImport.FromFile with { OnlyUnknown = true };

    /// <summary>
    /// Loads each council that the directory never had: a start that was interrupted goes on, and what was changed or removed since stays so.
    /// </summary>
    /// <exception cref="InvalidOperationException">A seed is refused: the product is broken.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await LoadDocumentsAsync(cancellationToken);
        await LoadSheetsAsync(cancellationToken);
    }

    /// <summary>Loads those that ship as documents.</summary>
    /// <exception cref="InvalidOperationException">A seed is refused: the product is broken.</exception>
    public async Task LoadDocumentsAsync(CancellationToken cancellationToken)
    {
        foreach (var name in EmbeddedResource.Names("Seeds.").Where(name => name.EndsWith(".json", StringComparison.Ordinal)))
        {
            await LoadAsync(name, cancellationToken);
        }
    }

    /// <summary>Loads the made-up council alone, which every installation has.</summary>
    /// <exception cref="InvalidOperationException">It is refused: the product is broken.</exception>
    public Task LoadSandboxAsync(CancellationToken cancellationToken) => LoadAsync("Seeds.sandbox.json", cancellationToken);

    private async Task LoadAsync(string name, CancellationToken cancellationToken)
    {
        var (_, _, problem) = await documents.ImportAsync(EmbeddedResource.ReadBytes(name), OnlyUnknown, cancellationToken);
        if (problem is not null)
        {
            var body = problem.ToProblem(name, english: true);
            throw new InvalidOperationException($"{name}: {body.Detail} {string.Join("; ", (body.Errors ?? []).Select(error => $"{error.Pointer}: {error.Detail}"))}");
        }
    }

    private async Task LoadSheetsAsync(CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(EmbeddedResource.ReadBytes("Seeds.sheets.ndjson"));
        var records = new Dictionary<string, SheetRecord>(StringComparer.Ordinal);
        await foreach (var record in SheetReader.ReadAsync(stream, SheetFormat.Ndjson, cancellationToken))
        {
            records.Add(record.Value!.Value.GetProperty("id").GetString()!, record);
        }

        foreach (var known in await tenants.RunAsync(store => store.KnownAsync(records.Keys, cancellationToken)))
        {
            records.Remove(known);
        }

        if (records.Count == 0)
        {
            return;
        }

        var import = new SheetImport(sheets, await territories.GetAsync(cancellationToken), time) { English = true };
        foreach (var record in records.Values)
        {
            var item = await import.ImportAsync(record, [], cancellationToken);
            if (item.Outcome == ImportItem.RefusedOutcome)
            {
                throw new InvalidOperationException($"sheet {item.Line}: {string.Join("; ", item.Problems.Select(problem => $"{problem.Pointer}: {problem.Detail}"))}");
            }
        }
    }
}

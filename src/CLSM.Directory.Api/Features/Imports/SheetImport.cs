using System.Text.Json;
using CLSM.Directory.Api.Features.Councils;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Importing;
using CLSM.Directory.Importing.Mapping;
using CLSM.Directory.Importing.Reading;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Api.Features.Imports;

/// <summary>What an import may do.</summary>
internal enum ImportMode
{
    /// <summary>Stores.</summary>
    Store,

    /// <summary>Does everything but commit it.</summary>
    DryRun,

    /// <summary>Compares with what is public and writes nothing.</summary>
    Validate,
}

/// <summary>
/// Imports sheets one by one, each in a transaction of its own: a bad line stops only itself. A sheet speaks for what a sheet can contain; what
/// it cannot (short name, purpose, successors…, and contacts that are not public) stays as it is. The same sheet again writes nothing.
/// </summary>
internal sealed class SheetImport(TenantScope<SheetImporter> scopes, ITerritoryNames territories, TimeProvider time)
{
    /// <summary>Whether the caller may write a council; null asks about a council that does not exist yet.</summary>
    public Func<Guid?, bool> MayWrite { get; init; } = _ => true;

    public ImportMode Mode { get; init; }

    public bool English { get; init; }

    public async IAsyncEnumerable<ImportItem> ImportAsync(Stream stream, SheetFormat format, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var record in SheetReader.ReadAsync(stream, format, cancellationToken))
        {
            yield return await ImportAsync(record, seen, cancellationToken);
        }
    }

    /// <summary>One sheet.</summary>
    public async Task<ImportItem> ImportAsync(SheetRecord record, Dictionary<string, int> seen, CancellationToken cancellationToken)
    {
        if (record.Value is not { } value)
        {
            return Refused(record.Line, null, record.Problems);
        }

        var (sheet, errors) = CouncilSheet.Read(value);
        if (sheet is null)
        {
            return Refused(record.Line, CodeOf(value), [.. errors, .. record.Problems]);
        }

        if (!seen.TryAdd(sheet.Id, record.Line))
        {
            return Refused(record.Line, sheet.Id, [new ValidationError("duplicate-sheet", [sheet.Id, seen[sheet.Id]]) { Pointer = "/id", Value = sheet.Id }]);
        }

        var mapped = SheetMapper.Map(sheet, territories, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        return await ImportAsync(new ImportedDocument(record.Line, mapped.Document, [.. record.Problems, .. mapped.Notes], mapped.Kept, IsSheet: true), cancellationToken);
    }

    /// <summary>Checks a council document and compares it with what is public.</summary>
    public async Task<ImportItem> ValidateDocumentAsync(CouncilDocumentValidator check, JsonElement body, CancellationToken cancellationToken)
    {
        return !check.Read(body).TryGet(out var document, out var invalid)
            ? Refused(1, null, invalid.Errors)
            : await ImportAsync(new ImportedDocument(1, document, [], document.KeptAsWords ?? [], IsSheet: false), cancellationToken);
    }

    private async Task<ImportItem> ImportAsync(ImportedDocument imported, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await scopes.RunAsync(importer => importer.ImportAsync(imported, Mode, MayWrite, cancellationToken));
            return outcome.Problem is { } problem ? Refused(imported, problem) : new ImportItem
            {
                Line = imported.Line,
                Council = imported.Document.Code,
                Outcome = outcome.Kind,
                Changes = outcome.Changes,
                Problems = Problems(outcome.Notes),
                KeptAsWords = imported.Kept,
            };
        }
        catch (ApiProblemException refused) when (refused.Problem.Status < StatusCodes.Status500InternalServerError)
        {
            return Refused(imported, refused.Problem);
        }
    }

    private ImportItem Refused(ImportedDocument imported, ApiProblem problem) => Refused(
        imported.Line, imported.Document.Code, problem.Errors.Count > 0 ? problem.Errors : [new ValidationError(problem.Code, problem.Arguments) { Pointer = "" }]);

    public ImportItem Refused(int line, string? council, IReadOnlyList<ValidationError> problems) => new()
    {
        Line = line,
        Council = council,
        Outcome = ImportItem.RefusedOutcome,
        Changes = [],
        Problems = Problems(problems),
        KeptAsWords = [],
    };

    private List<ProblemError> Problems(IReadOnlyList<ValidationError> errors) =>
        [.. new ApiProblem(0, "invalid-content", errors.Count) { Errors = errors }.ToProblem("", English).Errors ?? []];

    private static string? CodeOf(JsonElement value) =>
        value.ValueKind is JsonValueKind.Object && value.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.String
        && id.GetRawText() is { Length: <= 82 } raw && TextFormat.Of(PatternKind.CouncilCode).Expression.IsMatch(raw.Trim('"')) ? raw.Trim('"') : null;
}

using System.Text.Json;
using CLSM.Directory.Api.Councils;
using CLSM.Directory.Api.Documents;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Model.Json;
using CLSM.Directory.Api.Objections;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Retries;
using CLSM.Directory.Api.Statements;
using CLSM.Directory.Api.Tenancy;

namespace CLSM.Directory.Api.Sheets;

/// <summary>What an import may do.</summary>
internal enum ImportMode
{
    /// <summary>Stores.</summary>
    Store,

    /// <summary>Does everything but keep it.</summary>
    DryRun,

    /// <summary>Compares with what is public and writes nothing.</summary>
    Validate,
}

/// <summary>
/// Takes in sheets one by one, each in a unit of work of its own: a bad line stops only itself. A sheet speaks for what a sheet can state; what
/// it cannot say (short name, purpose, successors…, and contacts that are not public) stays as it is. The same sheet again writes nothing.
/// </summary>
internal sealed class SheetImport(IServiceProvider services, ITerritoryNames territories, TimeProvider time)
{
    /// <summary>Whether the caller may write a council; null asks about a council that does not exist yet.</summary>
    public Func<Guid?, bool> MayWrite { get; init; } = _ => true;

    public ImportMode Mode { get; init; }

    public bool English { get; init; }

    public async IAsyncEnumerable<ImportItem> ImportAsync(Stream stream, SheetFormat format, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var record in SheetRecords.ReadAsync(stream, format, cancellationToken))
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

        var (sheet, violations) = CouncilSheet.Read(value);
        if (sheet is null)
        {
            return Refused(record.Line, CodeOf(value), [.. violations, .. record.Problems]);
        }

        if (!seen.TryAdd(sheet.Id, record.Line))
        {
            return Refused(record.Line, sheet.Id, [new Violation("duplicate-sheet", [sheet.Id, seen[sheet.Id]]) { Pointer = "/id", Value = sheet.Id }]);
        }

        var mapped = SheetMapping.Map(sheet, territories, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        return await ImportAsync(record.Line, mapped.Document, [.. record.Problems, .. mapped.Notes], mapped.Kept, isSheet: true, cancellationToken);
    }

    /// <summary>One document, that of a sheet or one that was sent as it is.</summary>
    public async Task<ImportItem> ImportAsync(
        int line, CouncilDocument document, IReadOnlyList<Violation> notes, IReadOnlyList<KeptWords> kept, bool isSheet, CancellationToken cancellationToken, int attemptsLeft = 5)
    {
        try
        {
            return await ImportOnceAsync(line, document, notes, kept, isSheet, attemptsLeft, cancellationToken);
        }
        catch (RefusedException refused)
        {
            return Refused(line, document.Code, [new Violation(refused.Refusal.Code, refused.Refusal.Arguments) { Pointer = "" }]);
        }
        catch (Exception exception) when (attemptsLeft > 0 && TransactionRetries.IsForAnother(exception))
        {
            return await ImportAsync(line, document, notes, kept, isSheet, cancellationToken, attemptsLeft - 1);
        }
    }

    private async Task<ImportItem> ImportOnceAsync(
        int line, CouncilDocument document, IReadOnlyList<Violation> notes, IReadOnlyList<KeptWords> kept, bool isSheet, int attemptsLeft, CancellationToken cancellationToken)
    {
        var original = document;
        await using var scope = services.CreateAsyncScope();
        var lookup = await scope.ServiceProvider.GetRequiredService<ITenantStore>().FindAsync(document.Code, cancellationToken);
        if (lookup is TenantLookup.Renamed or TenantLookup.Removed)
        {
            return Refused(line, document.Code, [new Violation("code-taken", [document.Code]) { Pointer = isSheet ? "/id" : "/code", Value = document.Code, Closest = (lookup as TenantLookup.Renamed)?.Identifier }]);
        }

        var tenant = (lookup as TenantLookup.Found)?.Tenant;
        if (!MayWrite(tenant?.Id))
        {
            return Refused(line, document.Code, [new Violation("forbidden", []) { Pointer = isSheet ? "/id" : "/code", Value = document.Code }]);
        }

        var stored = tenant is null ? null : await StoredAsync(scope.ServiceProvider, tenant, cancellationToken);
        if (isSheet && stored is not null && Mode is not ImportMode.Validate)
        {
            // Who only validates must not learn by it who objected.
            (document, notes) = await scope.ServiceProvider.GetRequiredService<ObjectedPersons>().LeaveOutAsync(document, tenant!.Id, notes, cancellationToken);
        }

        document = stored is null || !isSheet ? document : WithWhatSheetsCannotSay(document, stored);
        var (checkedDocument, invalid) = services.GetRequiredService<DocumentCheck>().Read(JsonSerializer.SerializeToElement(document, ModelJsonContext.Instance.CouncilDocument));
        if (invalid is not null)
        {
            return Refused(line, document.Code, [.. invalid.Errors, .. notes]);
        }

        // A write checks them itself.
        if (Mode is ImportMode.Validate
            && await scope.ServiceProvider.GetRequiredService<DocumentWriter>().CheckAsync(checkedDocument!, tenant?.Id, cancellationToken) is { Count: > 0 } unknown)
        {
            return Refused(line, document.Code, [.. unknown, .. notes]);
        }

        var changes = stored is null ? [] : Differences(stored, checkedDocument!);
        var outcome = stored is null ? ImportItem.CreatedOutcome : changes.Count > 0 ? ImportItem.ChangedOutcome : ImportItem.UnchangedOutcome;
        if (Mode is not ImportMode.Validate && outcome != ImportItem.UnchangedOutcome
            && await WriteAsync(scope.ServiceProvider, tenant, stored?.Version, checkedDocument!, cancellationToken) is { } refusal)
        {
            if (refusal.Status == StatusCodes.Status412PreconditionFailed && attemptsLeft > 0)
            {
                // Somebody wrote since it was read: what the sheet cannot say is theirs, so everything is compared anew.
                return await ImportAsync(line, original, notes, kept, isSheet, cancellationToken, attemptsLeft - 1);
            }

            return Refused(line, document.Code, refusal.Errors.Count > 0 ? refusal.Errors : [new Violation(refusal.Code, refusal.Arguments) { Pointer = "" }]);
        }

        return new ImportItem
        {
            Line = line,
            Council = document.Code,
            Outcome = outcome,
            Changes = changes,
            Problems = Problems(notes),
            KeptAsWords = kept,
        };
    }

    /// <summary>A council document, checked and compared.</summary>
    public async Task<ImportItem> ValidateDocumentAsync(JsonElement body, CancellationToken cancellationToken)
    {
        var (document, invalid) = services.GetRequiredService<DocumentCheck>().Read(body);
        return document is null ? Refused(1, null, invalid!.Errors) : await ImportAsync(1, document, [], document.KeptAsWords ?? [], isSheet: false, cancellationToken);
    }

    private async Task<Refusal?> WriteAsync(IServiceProvider scope, TenantInfo? tenant, int? version, CouncilDocument document, CancellationToken cancellationToken)
    {
        var writer = scope.GetRequiredService<DocumentWriter>();
        writer.KeepsRestricted = true;
        writer.IsDryRun = Mode is ImportMode.DryRun;
        var (_, refusal) = tenant is null
            ? await writer.CreateAsync(document, cancellationToken)
            : await writer.ReplaceAsync(document, new Precondition(false, [EntityTags.OfVersion(version ?? 0)]), cancellationToken);
        return refusal;
    }

    private async Task<CouncilDocument?> StoredAsync(IServiceProvider scope, TenantInfo tenant, CancellationToken cancellationToken)
    {
        if (Mode is ImportMode.Validate)
        {
            return await services.GetRequiredService<DocumentQueries>().ReadAsync(scope.GetRequiredService<PublishedDbContext>(), tenant.Id, cancellationToken);
        }

        scope.GetRequiredService<TenantContext>().Enter(tenant);
        return await services.GetRequiredService<DocumentQueries>().ReadAsync(scope.GetRequiredService<CouncilDbContext>(), tenant.Id, cancellationToken);
    }

    private static CouncilDocument WithWhatSheetsCannotSay(CouncilDocument document, CouncilDocument stored)
    {
        // A contact that is not public stays, and so does the organisation at which it is reached.
        var needed = (stored.Contacts ?? []).Where(contact => contact.Visibility != "public").Select(contact => contact.Organisation?.Name).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var lacking = (stored.Organisations ?? []).Where(organisation => needed.Contains(organisation.Name) && !(document.Organisations ?? []).Any(other => other.NaturalKey == organisation.NaturalKey)).ToList();
        return document with
        {
            ShortName = stored.ShortName,
            Purpose = stored.Purpose,
            Principles = stored.Principles,
            Methods = stored.Methods,
            Domains = stored.Domains,
            Successors = stored.Successors,
            Predecessors = stored.Predecessors,
            Embedding = stored.Embedding,
            Status = stored.Status == "merged" ? stored.Status : document.Status,
            Organisations = lacking.Count == 0 ? document.Organisations : [.. document.Organisations ?? [], .. lacking.Select(organisation => organisation with { Evidence = null })],
        };
    }

    /// <summary>What differs, as pointers: members of the council, and parts by their name. Ids and versions are the directory's own.</summary>
    private List<string> Differences(CouncilDocument before, CouncilDocument after)
    {
        var changes = new List<string>();
        var (was, isNow) = (Plain(before), Plain(after));
        foreach (var name in was.Select(member => member.Key).Union(isNow.Select(member => member.Key)).Where(name => !CouncilDocument.PartMembers.Contains(name)))
        {
            if (!JsonNodes.Same(was[name], isNow[name]))
            {
                changes.Add(Violation.Segment(name));
            }
        }

        foreach (var type in services.GetRequiredService<PartTypeCatalogue>().InDocuments)
        {
            var old = type.Of(before).ToDictionary(part => part.NaturalKey, StringComparer.Ordinal);
            foreach (var part in type.Of(after))
            {
                var isKept = old.Remove(part.NaturalKey, out var former);
                if (!isKept || !JsonNodes.Same(JsonNodes.Plain(former!), JsonNodes.Plain(part)))
                {
                    changes.Add($"/{type.Names.Member}{Violation.Segment(part.Title)}");
                }
            }

            // A part that is not public and that the sheet does not state stays, so it is no difference.
            changes.AddRange(old.Values.Where(gone => gone.IsPublic).Select(gone => $"/{type.Names.Member}{Violation.Segment(gone.Title)}"));
        }

        return changes;

        static System.Text.Json.Nodes.JsonObject Plain(CouncilDocument document) => JsonNodes.Plain(document);
    }

    public ImportItem Refused(int line, string? council, IReadOnlyList<Violation> problems) => new()
    {
        Line = line,
        Council = council,
        Outcome = ImportItem.RefusedOutcome,
        Changes = [],
        Problems = Problems(problems),
        KeptAsWords = [],
    };

    private List<ProblemError> Problems(IReadOnlyList<Violation> violations) =>
        [.. new Refusal(0, "invalid-content", violations.Count) { Errors = violations }.ToProblem("", English).Errors ?? []];

    private static string? CodeOf(JsonElement value) =>
        value.ValueKind is JsonValueKind.Object && value.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.String
        && id.GetRawText() is { Length: <= 82 } raw && TextFormat.Of(PatternKind.CouncilCode).Expression.IsMatch(raw.Trim('"')) ? raw.Trim('"') : null;
}

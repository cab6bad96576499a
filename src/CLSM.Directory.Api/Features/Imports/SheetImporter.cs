using System.Text.Json;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Features.Councils;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Requests;
using CLSM.Directory.Importing;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Features.Imports;

/// <summary>One document of an import: that of a sheet, or one that was sent as it is.</summary>
internal sealed record ImportedDocument(int Line, CouncilDocument Document, IReadOnlyList<ValidationError> Notes, IReadOnlyList<KeptWords> Kept, bool IsSheet);

/// <summary>What an import did with a document: nothing but notes where it was refused.</summary>
internal sealed record ImportOutcome(string Kind, IReadOnlyList<string> Changes, IReadOnlyList<ValidationError> Notes)
{
    public ApiProblem? Problem { get; private init; }

    public static ImportOutcome Refused(params IReadOnlyList<ValidationError> errors) => Refused(ApiProblem.InvalidContent(errors));

    public static ImportOutcome Refused(ApiProblem problem) => new(ImportItem.RefusedOutcome, [], []) { Problem = problem };
}

/// <summary>Imports one document: finds its council, compares, and writes what differs.</summary>
internal sealed class SheetImporter(
    ITenantStore tenants,
    TenantContext tenant,
    CouncilTransactions transactions,
    CouncilDbContext database,
    PublishedDbContext published,
    PartTypeCatalogue types,
    CouncilDocumentValidator check,
    DocumentQueries documents,
    DocumentWriter writer,
    IEnumerable<IImportFilter> filters)
{
    public async Task<ImportOutcome> ImportAsync(ImportedDocument imported, ImportMode mode, Func<Guid?, bool> mayWrite, CancellationToken cancellationToken)
    {
        var code = imported.Document.Code;
        var place = imported.IsSheet ? "/id" : "/code";
        var lookup = await tenants.FindAsync(code, cancellationToken);
        if (lookup is TenantLookup.Renamed or TenantLookup.Removed)
        {
            return ImportOutcome.Refused(new ValidationError("code-taken", [code]) { Pointer = place, Value = code, Closest = (lookup as TenantLookup.Renamed)?.Identifier });
        }

        var council = (lookup as TenantLookup.Found)?.Tenant;
        if (!mayWrite(council?.Id))
        {
            return ImportOutcome.Refused(new ValidationError("forbidden", []) { Pointer = place, Value = code });
        }

        var options = new DocumentWriteOptions { KeepsRestricted = true, IsDryRun = mode is ImportMode.DryRun };
        return (mode, council) switch
        {
            (ImportMode.Validate, _) => await ValidateAsync(imported, council, options, cancellationToken),
            (_, null) => await CreateAsync(imported, lookup, options, cancellationToken),
            _ => await ReplaceAsync(imported, council, options, cancellationToken),
        };
    }

    private async Task<ImportOutcome> ValidateAsync(ImportedDocument imported, TenantInfo? council, DocumentWriteOptions options, CancellationToken cancellationToken)
    {
        var stored = council is null ? null : await documents.ReadAsync(published, council.Id, cancellationToken);
        var (document, outcome) = Compare(imported, stored);
        if (document is null)
        {
            return outcome;
        }

        // A write checks them itself.
        return await writer.CheckAsync(document, council?.Id, options.Alongside, cancellationToken) is { Count: > 0 } unknown
            ? ImportOutcome.Refused([.. unknown, .. imported.Notes])
            : outcome;
    }

    private async Task<ImportOutcome> CreateAsync(ImportedDocument imported, TenantLookup lookup, DocumentWriteOptions options, CancellationToken cancellationToken)
    {
        var (document, outcome) = Compare(imported, null);
        if (document is null)
        {
            return outcome;
        }

        var (_, problem) = await writer.WriteAsync(lookup, document, new IfMatch(Any: true, []), options, cancellationToken);
        return problem is null ? outcome : ImportOutcome.Refused(problem);
    }

    /// <summary>What the sheet cannot say is others', so it is read in the transaction that replaces the council.</summary>
    private async Task<ImportOutcome> ReplaceAsync(ImportedDocument imported, TenantInfo council, DocumentWriteOptions options, CancellationToken cancellationToken)
    {
        tenant.Enter(council);
        var (outcome, problem) = await transactions.RunAsync(CouncilTransactionOptions.None, ReplaceInAsync, cancellationToken);
        return problem is null ? outcome! : ImportOutcome.Refused(problem);

        async Task<(ImportOutcome? Outcome, ApiProblem? Problem)> ReplaceInAsync(CouncilTransaction transaction)
        {
            var stored = await documents.ReadAsync(database, council.Id, cancellationToken);
            var cleaned = imported;
            foreach (var filter in imported.IsSheet && stored is not null ? filters : [])
            {
                // A validation does not filter: whoever validates must not learn by it who objected.
                var (without, notes) = await filter.FilterAsync(council.Id, cleaned.Document, cancellationToken);
                cleaned = cleaned with { Document = without, Notes = [.. cleaned.Notes, .. notes] };
            }

            var (document, outcome) = Compare(cleaned, stored);
            if (document is null || outcome.Kind == ImportItem.UnchangedOutcome)
            {
                return (outcome, null);
            }

            var (_, problem) = await writer.ReplaceAsync(transaction, document, new IfMatch(Any: true, []), options, cancellationToken);
            if (problem is null)
            {
                await (options.IsDryRun ? transaction.VerifyAsync(cancellationToken) : transaction.CommitAsync(cancellationToken));
            }

            return (outcome, problem);
        }
    }

    /// <summary>The document as it would be stored, and what it changes; no document where it is refused.</summary>
    private (CouncilDocument? Document, ImportOutcome Outcome) Compare(ImportedDocument imported, CouncilDocument? stored)
    {
        var whole = stored is null || !imported.IsSheet ? imported.Document : KeepFieldsOutsideSheet(imported.Document, stored);
        var body = JsonSerializer.SerializeToElement(whole, ModelJsonContext.Instance.CouncilDocument);
        if (!check.Read(body).TryGet(out var document, out var invalid))
        {
            return (null, ImportOutcome.Refused([.. invalid.Errors, .. imported.Notes]));
        }

        if (stored is null)
        {
            return (document, new ImportOutcome(ImportItem.CreatedOutcome, [], imported.Notes));
        }

        var changes = Differences(stored, document!);
        return (document, new ImportOutcome(changes.Count > 0 ? ImportItem.ChangedOutcome : ImportItem.UnchangedOutcome, changes, imported.Notes));
    }

    private static CouncilDocument KeepFieldsOutsideSheet(CouncilDocument document, CouncilDocument stored)
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
                changes.Add(ValidationError.Segment(name));
            }
        }

        foreach (var type in types.InDocuments)
        {
            var old = type.Of(before).ToDictionary(part => part.NaturalKey, StringComparer.Ordinal);
            foreach (var part in type.Of(after))
            {
                var isKept = old.Remove(part.NaturalKey, out var former);
                if (!isKept || !JsonNodes.Same(JsonNodes.Plain(former!), JsonNodes.Plain(part)))
                {
                    changes.Add($"/{type.Names.Member}{ValidationError.Segment(part.Title)}");
                }
            }

            // A part that is not public and that the sheet does not contain stays, so it is no difference.
            changes.AddRange(old.Values.Where(gone => gone.IsPublic).Select(gone => $"/{type.Names.Member}{ValidationError.Segment(gone.Title)}"));
        }

        return changes;

        static System.Text.Json.Nodes.JsonObject Plain(CouncilDocument document) => JsonNodes.Plain(document);
    }
}

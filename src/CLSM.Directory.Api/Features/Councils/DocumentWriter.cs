using System.Text.Json;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Requests;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CLSM.Directory.Api.Features.Councils;

/// <summary>How many things a document changed.</summary>
internal sealed record DocumentWriteResult(Guid Council, bool IsNew, int Created, int Changed, int Removed, int Unchanged)
{
    public bool HasChanged => IsNew || Created + Changed + Removed > 0;
}

/// <summary>How a document is written.</summary>
internal sealed record DocumentWriteOptions
{
    public static readonly DocumentWriteOptions None = new();

    /// <summary>The document comes from where restricted contacts cannot be seen: they stay as they are.</summary>
    public bool KeepsRestricted { get; init; }

    /// <summary>Everything is done, and nothing is committed.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>A council that exists, or existed, is left alone.</summary>
    public bool OnlyUnknown { get; init; }

    /// <summary>Codes of councils that are written together with this one: two of them may name each other.</summary>
    public IReadOnlySet<string> Alongside { get; init; } = new HashSet<string>(StringComparer.Ordinal);
}

/// <summary>
/// Makes a council what a document says, in one transaction, writing only what differs. Parts are recognised by id where the document gives
/// one, else by their natural key, so that an edit is an edit and not a removal with a creation.
/// </summary>
internal sealed class DocumentWriter(
    CouncilDbContext database,
    ITenantStore tenants,
    TenantContext tenant,
    CouncilTransactions transactions,
    TerritoryValidator territories,
    SuccessionValidator succession,
    PartTypeCatalogue types,
    TimeProvider time)
{
    /// <summary>Finds the council of the document's code, and creates or replaces it.</summary>
    public async Task<(DocumentWriteResult? Outcome, ApiProblem? Problem)> WriteAsync(
        CouncilDocument document, DocumentWriteOptions options, CancellationToken cancellationToken) =>
        await WriteAsync(await tenants.FindAsync(document.Code, cancellationToken), document, new IfMatch(Any: true, []), options, cancellationToken);

    /// <summary>Creates or replaces the council that was found. No outcome and no refusal: it is known already, and only unknown ones are written.</summary>
    public async Task<(DocumentWriteResult? Outcome, ApiProblem? Problem)> WriteAsync(
        TenantLookup lookup, CouncilDocument document, IfMatch precondition, DocumentWriteOptions options, CancellationToken cancellationToken)
    {
        if (options.OnlyUnknown && lookup is not TenantLookup.Unknown)
        {
            return (null, null);
        }

        switch (lookup)
        {
            case TenantLookup.Found found:
                tenant.Enter(found.Tenant);
                break;
            case TenantLookup.Unknown:
                if (await CheckAsync(document, null, options.Alongside, cancellationToken) is { Count: > 0 } unknown)
                {
                    return (null, ApiProblem.InvalidContent(unknown));
                }

                tenant.Enter(NewTenant(document));
                break;
            default:
                return (null, new ApiProblem(StatusCodes.Status409Conflict, "code-taken", document.Code));
        }

        return await transactions.RunAsync(CouncilTransactionOptions.None, RunAsync, cancellationToken);

        async Task<(DocumentWriteResult? Outcome, ApiProblem? Problem)> RunAsync(CouncilTransaction transaction)
        {
            var (outcome, problem) = lookup is TenantLookup.Found
                ? await ReplaceAsync(transaction, document, precondition, options, cancellationToken)
                : await CreateAsync(transaction, document, cancellationToken);
            if (problem is null)
            {
                await (options.IsDryRun ? transaction.VerifyAsync(cancellationToken) : transaction.CommitAsync(cancellationToken));
            }

            return (outcome, problem);
        }
    }

    /// <summary>The tenant that a document creates.</summary>
    public static TenantInfo NewTenant(CouncilDocument document) => new(document.Id ?? Guid.CreateVersion7(), document.Code);

    /// <summary>Creates the council of the document, which was checked before, and commits nothing.</summary>
    public async Task<(DocumentWriteResult? Outcome, ApiProblem? Problem)> CreateAsync(
        CouncilTransaction transaction, CouncilDocument document, CancellationToken cancellationToken)
    {
        var id = tenant.Current.Id;
        if (transaction.Council is not null || await CouncilCodeQueries.HasCodeAsync(database, id, cancellationToken))
        {
            return (null, new ApiProblem(StatusCodes.Status409Conflict, "already-exists", id));
        }

        var council = new CouncilRow { Id = id, Code = document.Code, Statement = StatementOf(document) };
        transaction.AddCouncil(council);
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } taken)
        {
            return (null, taken.ConstraintName == "council_pkey"
                ? new ApiProblem(StatusCodes.Status409Conflict, "already-exists", council.Id)
                : new ApiProblem(StatusCodes.Status409Conflict, "code-taken", document.Code));
        }

        var (outcome, problem) = await WriteAsync(council, document, keepRestricted: false, cancellationToken);
        return problem is null ? (outcome! with { IsNew = true }, null) : (null, problem);
    }

    /// <summary>
    /// Replaces the council that was entered, and commits nothing. A document read from the public view leaves alone what that view does not show.
    /// </summary>
    public async Task<(DocumentWriteResult? Outcome, ApiProblem? Problem)> ReplaceAsync(
        CouncilTransaction transaction, CouncilDocument document, IfMatch precondition, DocumentWriteOptions options, CancellationToken cancellationToken)
    {
        if (transaction.Council is not { } council)
        {
            return (null, ApiProblem.NotFound(document.Code));
        }

        var (fromPublicView, stale) = precondition.CheckDocument(council.Version);
        if (stale is not null)
        {
            return (null, stale);
        }

        if (document.Code != council.Code)
        {
            return (null, ApiProblem.InvalidContent([new ValidationError("code-mismatch", [document.Code, council.Code]) { Pointer = "/code", Value = document.Code, Closest = council.Code }]));
        }

        if (await CheckAsync(document, council.Id, options.Alongside, cancellationToken) is { Count: > 0 } unknown)
        {
            return (null, ApiProblem.InvalidContent(unknown));
        }

        var content = JsonSerializer.SerializeToElement(document, ModelJsonContext.Instance.CouncilDocument);
        if (await transaction.CheckRulesAsync(content, cancellationToken) is { Count: > 0 } broken)
        {
            return (null, ApiProblem.InvalidContent(broken));
        }

        return await WriteAsync(council, document, fromPublicView || options.KeepsRestricted, cancellationToken);
    }

    /// <summary>Checks what a document says of the world outside it: places, and other councils.</summary>
    public async Task<IReadOnlyList<ValidationError>> CheckAsync(
        CouncilDocument document, Guid? id, IReadOnlySet<string> alongside, CancellationToken cancellationToken) =>
        [.. await territories.CheckAsync(document, cancellationToken), .. await succession.CheckAsync(document, id, alongside, cancellationToken)];

    private async Task<(DocumentWriteResult? Outcome, ApiProblem? Problem)> WriteAsync(CouncilRow council, CouncilDocument document, bool keepRestricted, CancellationToken cancellationToken)
    {
        var matches = new Dictionary<PartType, List<Match>>();
        foreach (var type in types.InDocuments)
        {
            matches[type] = MatchParts(type.Of(document), await type.Rows(database).Where(row => row.CouncilId == council.Id).ToListAsync(cancellationToken), keepRestricted);
        }

        var organisations = new OrganisationIndex(
            from match in matches.Values.SelectMany(list => list)
            let organisation = match.Part as Organisation
            where organisation is not null
            select ((Guid?)match.Id, organisation.Name, organisation.Acronym));
        OrganisationReference Complete(OrganisationReference reference) => organisations.Find(reference)!;
        if (keepRestricted && CheckKept(document, matches, organisations) is { Count: > 0 } contradictions)
        {
            return (null, ApiProblem.InvalidContent(contradictions));
        }

        // The council first: afterwards its row already counts as raised in this transaction, and its parts do not raise it again.
        var statement = StatementOf((CouncilDocument)OrganisationReferences.Of(document, Complete));
        var isCouncilChanged = !StatementJson.Same(council.Statement, statement);
        if (isCouncilChanged)
        {
            council.Statement = statement;
            await database.SaveChangesAsync(cancellationToken);
        }

        var outcome = new DocumentWriteResult(council.Id, false, 0, isCouncilChanged ? 1 : 0, 0, isCouncilChanged ? 0 : 1);
        foreach (var (type, parts) in matches)
        {
            foreach (var match in parts)
            {
                outcome = Write(type, council.Id, match, keepRestricted, Complete, outcome);
            }
        }

        return (outcome, null);
    }

    /// <summary>What the document does not show stays, so the document must leave it what it needs: its organisation, its source, its name.</summary>
    private static List<ValidationError> CheckKept(CouncilDocument document, Dictionary<PartType, List<Match>> matches, OrganisationIndex organisations)
    {
        var sources = document.GetSourceIds();
        var errors = new List<ValidationError>();
        foreach (var (type, parts) in matches)
        {
            foreach (var kept in parts.Where(match => match.Part is null && IsRestricted(match.Row)).Select(match => match.Row!.ToModel(null)))
            {
                errors.AddRange(CitedSourcesValidator.Check(kept, sources));
                errors.AddRange(from reference in ReferencesOf(kept)
                                where organisations.Find(reference) is null
                                select new ValidationError("organisation-in-use", [reference.Name!, 1]) { Pointer = "/organisations", Value = reference.Name });

                var same = type.Of(document).ToList().FindIndex(part => part.NaturalKey == kept.NaturalKey);
                if (same >= 0)
                {
                    errors.Add(new ValidationError("already-exists", [kept.Title]) { Pointer = $"/{type.Names.Member}/{same}", Value = kept.Title });
                }
            }
        }

        return errors;
    }

    private static List<OrganisationReference> ReferencesOf(CouncilPart part)
    {
        var references = new List<OrganisationReference>();
        part.WithOrganisations(reference =>
        {
            references.Add(reference);
            return reference;
        });
        return references;
    }

    private static bool IsRestricted(PartRow? row) => row is { IsPublic: false };

    private DocumentWriteResult Write(
        PartType type, Guid council, Match match, bool keepRestricted, Func<OrganisationReference, OrganisationReference> complete, DocumentWriteResult outcome)
    {
        if (match is { Part: { } part, Row: { } row })
        {
            return type.Update(row, OrganisationReferences.Of(part, complete))
                ? outcome with { Changed = outcome.Changed + 1 }
                : outcome with { Unchanged = outcome.Unchanged + 1 };
        }

        if (match.Part is not null)
        {
            database.Add(type.NewRow(council, OrganisationReferences.Of(match.Part, complete), match.Id));
            return outcome with { Created = outcome.Created + 1 };
        }

        if (keepRestricted && IsRestricted(match.Row))
        {
            return type.Update(match.Row!, OrganisationReferences.Of(match.Row!.ToModel(null), complete))
                ? outcome with { Changed = outcome.Changed + 1 }
                : outcome with { Unchanged = outcome.Unchanged + 1 };
        }

        database.Remove(match.Row!);
        return outcome with { Removed = outcome.Removed + 1 };
    }

    private List<Match> MatchParts(IReadOnlyList<CouncilPart> parts, List<PartRow> rows, bool keepRestricted)
    {
        var byId = rows.ToDictionary(row => row.Id);
        var taken = parts.Select(part => part.Id).OfType<Guid>().ToHashSet();
        var byKey = rows.Where(row => !taken.Contains(row.Id)).ToDictionary(row => row.NaturalKey, StringComparer.Ordinal);
        var now = time.GetUtcNow();
        var matches = parts.Select((part, place) =>
        {
            var row = part.Id is { } id ? byId.GetValueOrDefault(id) : byKey.GetValueOrDefault(part.NaturalKey);
            if (keepRestricted && part is { Id: null, IsPublic: true } && IsRestricted(row))
            {
                // Who states a public part does not mean the one that is not shown.
                row = null;
            }

            // New ids in the order of the document, which is then the order in which it is read.
            return new Match(part, row, row?.Id ?? part.Id ?? Guid.CreateVersion7(now.AddMilliseconds(place)));
        }).ToList();
        var kept = matches.Select(match => match.Row).ToHashSet();
        matches.AddRange(rows.Where(row => !kept.Contains(row)).Select(row => new Match(null, row, row.Id)));
        return matches;
    }

    /// <summary>The council of a document, without its parts and without what the directory keeps.</summary>
    private static Council StatementOf(CouncilDocument document) =>
        document.WithoutParts() with { Id = null, Version = null, CreatedAt = null, UpdatedAt = null };

    /// <summary>A part of the document, the row it is about, or both.</summary>
    private sealed record Match(CouncilPart? Part, PartRow? Row, Guid Id);
}

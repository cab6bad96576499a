using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Listing;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Statements;
using CLSM.Directory.Api.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Parts;

/// <summary>What reading all kinds of parts shares.</summary>
internal static class PartReader
{
    public static readonly QueryParameter CouncilParameter = new TextParameter("council", 80, "Only these councils, by code.")
    {
        IsList = true,
        Pattern = TextFormat.Of(PatternKind.CouncilCode).Expression.ToString(),
        Rule = code => TextFormat.Of(PatternKind.CouncilCode) is var format && format.Fits(code)
            ? null
            : new Violation(format.Problem, [code]) { Value = code, Closest = format.Mend!(code) },
    };

    /// <summary>The answer for something that is not there: 410 where the public could see it once, else 404.</summary>
    public static async Task<Refusal> AbsentAsync(PublishedDbContext published, Guid council, string type, Guid id, CancellationToken cancellationToken)
    {
        var removal = await published.Removals
            .Where(removal => removal.CouncilId == council && removal.Type == type && removal.Id == id)
            .OrderByDescending(removal => removal.Cursor)
            .Select(removal => new { removal.Reason })
            .FirstOrDefaultAsync(cancellationToken);
        return removal is null
            ? Refusal.NotFound(id.ToString())
            : new Refusal(StatusCodes.Status410Gone, "removed", id, removal.Reason ?? "—");
    }

    public static (Guid Id, Refusal? Refusal) ParseId(string text) => text.Length == 36 && Guid.TryParseExact(text, "D", out var id)
        ? (id, null)
        : (default, new Refusal(StatusCodes.Status404NotFound, "not-found", text) { Errors = [new Violation("malformed-id", [text]) { Parameter = "id", Value = text }] });
}

/// <summary>Lists and reads one kind of parts.</summary>
internal sealed class PartReader<TRow, TPart>(Reading reading, TenantContext tenant, PublishedDbContext published)
    where TRow : PartRow<TPart>, new()
    where TPart : CouncilPart
{
    public Task<IResult> ListNationalAsync(PartSlice<TRow, TPart> slice, HttpContext context, CancellationToken cancellationToken)
    {
        var source = reading.National();
        IQueryable<TRow> rows = source.Database.Set<TRow>();
        if (Operation.Query(context).All(PartReader.CouncilParameter.Name) is { } codes)
        {
            rows = rows.Where(row => codes.Contains(row.CouncilCode!));
        }

        return ListAsync(slice, context, source, rows, source.Database.ChangeHead.Select(head => head.Cursor), [PartReader.CouncilParameter.Name], cancellationToken);
    }

    public Task<IResult> ListAsync(PartSlice<TRow, TPart> slice, HttpContext context, CancellationToken cancellationToken)
    {
        var council = tenant.Current.Id;
        var source = reading.OfCouncil(tenant.Current);
        return ListAsync(
            slice,
            context,
            source,
            source.Database.Set<TRow>().Where(row => row.CouncilId == council),
            source.Database.Councils.Where(row => row.Id == council).Select(row => (long)row.Version),
            [],
            cancellationToken);
    }

    public async Task<IResult> GetAsync(PartSlice<TRow, TPart> slice, HttpContext context, string id, CancellationToken cancellationToken)
    {
        var (partId, malformed) = PartReader.ParseId(id);
        if (malformed is not null)
        {
            return malformed;
        }

        var council = tenant.Current.Id;
        var source = reading.OfCouncil(tenant.Current);
        var row = await source.Database.Set<TRow>().AsNoTracking().SingleOrDefaultAsync(row => row.CouncilId == council && row.Id == partId, cancellationToken);
        return row is null
            ? await PartReader.AbsentAsync(published, council, slice.Names.Type, partId, cancellationToken)
            : new ResourceAnswer<TPart>(Shown((TPart)row.PartOf(tenant.Current.Identifier), Operation.Query(context)), EntityTags.OfVersion(row.Version), row.UpdatedAt) { Fields = FieldSelection.From(Operation.Query(context)) };
    }

    private static TPart Shown(TPart part, QueryValues query) =>
        EvidenceCompletion.IsAsked(query) ? (TPart)(CouncilPart)(part with { Evidence = EvidenceCompletion.Complete(part, part.Evidence) }) : part;

    private async Task<IResult> ListAsync(
        PartSlice<TRow, TPart> slice,
        HttpContext context,
        ReadingSource source,
        IQueryable<TRow> rows,
        IQueryable<long> stamp,
        IReadOnlyList<string> furtherFilters,
        CancellationToken cancellationToken)
    {
        var query = Operation.Query(context);
        foreach (var filter in slice.Filters)
        {
            if (query.All(filter.Parameter.Name) is { } values)
            {
                rows = rows.Where(filter.Matches(values));
            }
        }

        if (query.One(PartRoutes.UpdatedSince.Name) is { } since)
        {
            var instant = InstantParameter.Parse(since)!.Value;
            rows = rows.Where(row => row.UpdatedAt >= instant);
        }

        var filterNames = slice.Filters.Select(filter => filter.Parameter.Name).Append(PartRoutes.UpdatedSince.Name).Concat(furtherFilters);
        return await ListAnswer.ForAsync(
            context,
            source.IsPublic,
            filterNames,
            [KeysetPaging.ByName, KeysetPaging.ByUpdate],
            stamp,
            page => rows.Continued(page).InOrder(page).ToPageAsync(rows, stamp, page, row => row.CursorAt(page), cancellationToken),
            row => (TPart)row.PartOf(row.CouncilCode ?? tenant.Current.Identifier),
            cancellationToken);
    }
}

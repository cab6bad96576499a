using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Statements;
using CLSM.Directory.Api.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Parts;

/// <summary>What reading all kinds of parts shares.</summary>
internal static class PartReader
{
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
internal sealed class PartReader<TRow, TPart>(Reading reading, TenantContext tenant, PublishedDbContext published, FilterResolver resolution)
    where TRow : PartRow<TPart>, new()
    where TPart : CouncilPart
{
    public async Task<IResult> ListNationalAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var (question, refusal) = await resolution.AskAsync(Operation.Query(context), cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        var source = reading.National();
        var filters = NationalFilters.Of<TRow>();
        return await ListAsync(context, source, filters.Apply(source.Database.Set<TRow>(), question), source.Database.ChangeLogState.Select(head => head.Cursor), filters.Parameters, cancellationToken);
    }

    public Task<IResult> ListAsync(PartSlice<TRow, TPart> slice, HttpContext context, CancellationToken cancellationToken)
    {
        var council = tenant.Current.Id;
        var source = reading.OfCouncil(tenant.Current);
        var query = Operation.Query(context);
        var rows = slice.Filters.Aggregate(
            source.Database.Set<TRow>().Where(row => row.CouncilId == council),
            (left, filter) => query.All(filter.Parameter.Name) is { } values ? left.Where(filter.Matches(values)) : left);
        if (query.One(PartRoutes.UpdatedSince.Name) is { } since)
        {
            var instant = InstantParameter.Parse(since)!.Value;
            rows = rows.Where(row => row.UpdatedAt >= instant);
        }

        return ListAsync(
            context,
            source,
            rows,
            source.Database.Councils.Where(row => row.Id == council).Select(row => (long)row.Version),
            [.. slice.Filters.Select(filter => filter.Parameter), PartRoutes.UpdatedSince],
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

    private Task<IResult> ListAsync(
        HttpContext context,
        ReadingSource source,
        IQueryable<TRow> rows,
        IQueryable<long> stamp,
        IReadOnlyList<QueryParameter> filters,
        CancellationToken cancellationToken) =>
        ListAnswer.ForAsync(
            context,
            source.IsPublic,
            filters.Select(filter => filter.Name),
            [KeysetPaging.ByName, KeysetPaging.ByUpdate],
            stamp,
            page => rows.Continued(page).InOrder(page).ToPageAsync(rows, stamp, page, row => row.CursorAt(page), [], cancellationToken),
            row => (TPart)row.PartOf(row.CouncilCode ?? tenant.Current.Identifier),
            cancellationToken);
}

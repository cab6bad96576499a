using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Statements;
using CLSM.Directory.Api.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Parts;

/// <summary>Lists and reads one kind of parts.</summary>
internal sealed class PartReader<TRow, TPart>(Reading reading, TenantContext tenant, PublishedDbContext published, FilterResolver resolution)
    where TRow : PartRow<TPart>, new()
    where TPart : CouncilPart
{
    public async Task<IResult> ListNationalAsync(NationalFilters<TRow> filters, HttpContext context, CancellationToken cancellationToken)
    {
        var (question, refusal) = await resolution.AskAsync(Operation.Query(context), cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        var source = reading.National();
        return await ListAsync(context, source, filters.Apply(source.Database.Set<TRow>(), question), source.Database.ChangeLogState.Select(head => head.Cursor), filters.Parameters, cancellationToken);
    }

    public Task<IResult> ListAsync(PartType<TRow, TPart> type, HttpContext context, CancellationToken cancellationToken)
    {
        var council = tenant.Current.Id;
        var source = reading.OfCouncil(tenant.Current);
        var query = Operation.Query(context);
        var rows = type.Filters.Aggregate(
            source.Database.Set<TRow>().Where(row => row.CouncilId == council),
            (left, filter) => query.All(filter.Parameter.Name) is { } values ? left.Where(filter.Matches(values)) : left);
        if (query.One(UpdatedSinceFilter.Parameter.Name) is { } since)
        {
            rows = UpdatedSinceFilter.Apply(rows, since);
        }

        return ListAsync(
            context,
            source,
            rows,
            source.Database.Councils.Where(row => row.Id == council).Select(row => (long)row.Version),
            [.. type.Filters.Select(filter => filter.Parameter), UpdatedSinceFilter.Parameter],
            cancellationToken);
    }

    public async Task<IResult> GetAsync(PartType<TRow, TPart> type, HttpContext context, string id, CancellationToken cancellationToken)
    {
        var (partId, malformed) = ResourceId.Parse(id);
        if (malformed is not null)
        {
            return malformed;
        }

        var council = tenant.Current.Id;
        var source = reading.OfCouncil(tenant.Current);
        var row = await source.Database.Set<TRow>().AsNoTracking().SingleOrDefaultAsync(row => row.CouncilId == council && row.Id == partId, cancellationToken);
        return row is null
            ? await Removals.FindAsync(published, council, type.Names.Type, partId, cancellationToken)
            : new ResourceAnswer<TPart>(Shown(type, (TPart)row.PartOf(tenant.Current.Identifier), Operation.Query(context)), EntityTags.OfVersion(row.Version), row.UpdatedAt) { Fields = FieldSelection.From(Operation.Query(context)) };
    }

    private static TPart Shown(PartType<TRow, TPart> type, TPart part, QueryValues query) =>
        EvidenceCompletion.IsAsked(query) ? (TPart)(CouncilPart)(part with { Evidence = EvidenceCompletion.Complete(part, type.Metadata, part.Evidence) }) : part;

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

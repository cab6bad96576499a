using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Security.Callers;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Results;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Provenance;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Features.CouncilParts;

/// <summary>Lists and reads one kind of parts.</summary>
internal sealed class PartReader<TRow, TPart>(ReadAccess reading, TenantContext tenant, PublishedDbContext published, FilterResolver resolver)
    where TRow : PartRow<TPart>, new()
    where TPart : CouncilPart
{
    private static readonly SortField[] Sorts = [SortField.Name, SortField.UpdatedAt];

    /// <summary>Lists the parts of all councils.</summary>
    public async Task<IResult> ListNationalAsync(NationalFilters<TRow> filters, HttpContext context, CancellationToken cancellationToken)
    {
        var query = ParsedQuery.Of(context);
        if (!(await resolver.ResolveAsync(query, cancellationToken)).TryGet(out var given, out var problem)
            || !PageRequest.Read(context, query, Sorts, filters.Parameters).TryGet(out var request, out problem))
        {
            return problem;
        }

        var database = reading.National().Database;
        var version = database.ChangeLogState.Select(log => log.Cursor);
        var etag = new ListETag(context.Request, query, null);
        if (await etag.FindHeldAsync(version, cancellationToken) is { } held)
        {
            return new NotModifiedResult(held);
        }

        var found = await filters.Apply(database.Set<TRow>(), given).ToPageAsync(request, version, cancellationToken);
        return PageResult.From(
            found.Page.Select(row => row.ToModel(row.CouncilCode)), FieldSelection.From(query), etag.Of(found.Version), found.UpdatedAt);
    }

    /// <summary>Lists the parts of the council of the request, as its caller may see them.</summary>
    public async Task<IResult> ListAsync(PartType<TRow, TPart> type, HttpContext context, CancellationToken cancellationToken)
    {
        var query = ParsedQuery.Of(context);
        QueryParameter[] filters = [.. type.Filters.Select(filter => filter.Parameter), UpdatedSinceFilter.Parameter];
        if (!PageRequest.Read(context, query, Sorts, filters).TryGet(out var request, out var problem))
        {
            return problem;
        }

        var council = tenant.Current.Id;
        var source = reading.OfCouncil(tenant.Current);
        var version = source.Database.Councils.Where(row => row.Id == council).Select(row => (long)row.Version);

        // An agency's view is another than the council's own.
        var etag = new ListETag(context.Request, query, source.IsPublic ? null : string.Join(',', context.User.RestrictedRegions()));
        if (await etag.FindHeldAsync(version, cancellationToken) is { } held)
        {
            return new NotModifiedResult(held);
        }

        var rows = type.Filters.Aggregate(
            source.Database.Set<TRow>().Where(row => row.CouncilId == council),
            (left, filter) => query.GetValues(filter.Parameter.Name) is { } values ? left.Where(filter.Matches(values)) : left);
        var found = await UpdatedSinceFilter.Apply(rows, query).ToPageAsync(request, version, cancellationToken);
        return PageResult.From(
            found.Page.Select(row => row.ToModel(row.CouncilCode ?? tenant.Current.Identifier)),
            FieldSelection.From(query),
            etag.Of(found.Version),
            found.UpdatedAt);
    }

    public async Task<IResult> GetAsync(PartType<TRow, TPart> type, HttpContext context, string id, CancellationToken cancellationToken)
    {
        if (!ResourceId.Parse(id).TryGet(out var partId, out var malformed))
        {
            return malformed;
        }

        var council = tenant.Current.Id;
        var source = reading.OfCouncil(tenant.Current);
        var row = await source.Database.Set<TRow>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.CouncilId == council && row.Id == partId, cancellationToken);
        if (row is null)
        {
            return await Removals.FindAsync(published, council, type.Names.Type, partId, cancellationToken);
        }

        var query = ParsedQuery.Of(context);
        var part = Shown(type, row.ToModel(tenant.Current.Identifier), query);
        return new JsonResult<TPart>(part, ETags.ForVersion(row.Version), row.UpdatedAt) { Fields = FieldSelection.From(query) };
    }

    private static TPart Shown(PartType<TRow, TPart> type, TPart part, ParsedQuery query) =>
        EvidenceParameter.IsGiven(query) ? part with { Evidence = EvidenceCompleter.Complete(part, type.Metadata, part.Evidence) } : part;
}

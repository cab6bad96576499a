using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Model.Parts;

namespace CLSM.Directory.Api.Queries;

/// <summary>One word by which a collection is filtered: its parameter, and the rows that it lets through.</summary>
internal sealed record NationalFilter<TRow>(QueryParameter Parameter, Func<IQueryable<TRow>, CouncilFilterQuery, IReadOnlyList<string>, IQueryable<TRow>> Apply);

/// <summary>
/// The filters of one national collection. Words are combined by AND, several values of one by OR. A word that the resource itself has is
/// about the resource; any other is about its council.
/// </summary>
internal sealed class NationalFilters<TRow>(IReadOnlyList<NationalFilter<TRow>> filters)
    where TRow : ResourceRow
{
    /// <summary>The parameters that declare the filters: for an operation, its contract and the signature of its cursors.</summary>
    public IReadOnlyList<QueryParameter> Parameters { get; } = [.. filters.Select(filter => filter.Parameter), DistanceFilter.Radius];

    /// <summary>The rows that match the query. Its parameters that are no filters are ignored.</summary>
    public IQueryable<TRow> Apply(IQueryable<TRow> rows, CouncilFilterQuery query) => filters.Aggregate(
        rows,
        (left, filter) => query.Values.GetValues(filter.Parameter.Name) is { } values ? filter.Apply(left, query, values) : left);
}

/// <summary>The filters of the national collections.</summary>
internal static class NationalFilters
{
    public static readonly NationalFilters<CouncilRow> Councils = new(
    [
        .. CouncilFilters.All.Select(filter => new NationalFilter<CouncilRow>(filter.Parameter, filter.OnCouncils)),
        .. ResourceFilters.OfCouncils,
    ]);

    /// <summary>The filters of the parts of one kind.</summary>
    public static NationalFilters<TRow> Of<TRow, TPart>(PartType<TRow, TPart> type)
        where TRow : PartRow<TPart>, new()
        where TPart : CouncilPart =>
        new(
        [
            .. CouncilFilters.All
                .Where(filter => filter.IsForParts && type.Filters.All(mine => mine.Parameter.Name != filter.Parameter.Name))
                .Select(filter => new NationalFilter<TRow>(filter.Parameter, filter.OnParts)),
            .. type.Filters.Select(filter => new NationalFilter<TRow>(filter.Parameter, (rows, _, values) => rows.Where(filter.Matches(values)))),
            .. ResourceFilters.OfParts<TRow>(type.OptionalMembers),
        ]);
}

using System.Linq.Expressions;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Web.Paging;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Queries;

/// <summary>A page of rows with the version of the data that it was read from, all of one snapshot.</summary>
internal sealed record RowPage<TRow>(Page<TRow> Page, long Version)
    where TRow : ResourceRow
{
    /// <summary>When the rows of the page last changed; null for an empty page.</summary>
    public DateTimeOffset? UpdatedAt => Page.Items.Count == 0 ? null : Page.Items.Max(row => row.UpdatedAt);
}

/// <summary>
/// Keyset paging of EF queries: a page goes on after the last row of the page before, whatever was written in between. Row values are compared
/// whole (<c>(name, council_id, id) > (…)</c>), which is what an index on them serves.
/// </summary>
internal static class KeysetPaging
{
    /// <summary>A page of councils.</summary>
    /// <param name="rows">All rows of the list.</param>
    /// <param name="request">Which page, in which order.</param>
    /// <param name="version">The version of the data that the list shows.</param>
    /// <param name="partTypes">The kinds of parts to read with each council.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public static Task<RowPage<CouncilRow>> ToPageAsync(
        this IQueryable<CouncilRow> rows, PageRequest request, IQueryable<long> version, string[] partTypes, CancellationToken cancellationToken) =>
        ReadAsync(rows.Continued(request).InOrder(request), rows, request, version, partTypes, row => CursorAt(row, request.Sort), cancellationToken);

    /// <summary>A page of parts of councils.</summary>
    /// <param name="rows">All rows of the list.</param>
    /// <param name="request">Which page, in which order.</param>
    /// <param name="version">The version of the data that the list shows.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public static Task<RowPage<TRow>> ToPageAsync<TRow>(
        this IQueryable<TRow> rows, PageRequest request, IQueryable<long> version, CancellationToken cancellationToken)
        where TRow : PartRow =>
        ReadAsync(rows.Continued(request).InOrder(request), rows, request, version, [], row => CursorAt(row, request.Sort), cancellationToken);

    private static IQueryable<CouncilRow> InOrder(this IQueryable<CouncilRow> rows, PageRequest request) => request.Sort switch
    {
        var sort when sort == SortField.UpdatedAt => rows.SortedBy(row => row.UpdatedAt, request).ThenSortedBy(row => row.Id, request),
        var sort when sort == SortField.Name => rows.SortedBy(row => row.Name, request).ThenSortedBy(row => row.Id, request),
        _ => rows.SortedBy(row => row.Code, request).ThenSortedBy(row => row.Id, request),
    };

    private static IQueryable<TRow> InOrder<TRow>(this IQueryable<TRow> rows, PageRequest request)
        where TRow : PartRow => request.Sort switch
        {
            var sort when sort == SortField.UpdatedAt =>
                rows.SortedBy(row => row.UpdatedAt, request).ThenSortedBy(row => row.CouncilId, request).ThenSortedBy(row => row.Id, request),
            _ => rows.SortedBy(row => row.Name, request).ThenSortedBy(row => row.CouncilId, request).ThenSortedBy(row => row.Id, request),
        };

    private static IOrderedQueryable<TRow> SortedBy<TRow, TKey>(this IQueryable<TRow> rows, Expression<Func<TRow, TKey>> key, PageRequest request) =>
        request.Descending ? rows.OrderByDescending(key) : rows.OrderBy(key);

    private static IOrderedQueryable<TRow> ThenSortedBy<TRow, TKey>(this IOrderedQueryable<TRow> rows, Expression<Func<TRow, TKey>> key, PageRequest request) =>
        request.Descending ? rows.ThenByDescending(key) : rows.ThenBy(key);

    // EF Core translates a comparison of whole rows only where it is written out: the direction cannot be an argument.
    private static IQueryable<CouncilRow> Continued(this IQueryable<CouncilRow> rows, PageRequest request) =>
        request.After is not { } after ? rows : (request.Sort, request.Descending) switch
        {
            (var sort, false) when sort == SortField.UpdatedAt =>
                rows.Where(row => EF.Functions.GreaterThan(ValueTuple.Create(row.UpdatedAt, row.Id), ValueTuple.Create(after.Instant, after.Id))),
            (var sort, true) when sort == SortField.UpdatedAt =>
                rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.UpdatedAt, row.Id), ValueTuple.Create(after.Instant, after.Id))),
            (var sort, false) when sort == SortField.Name =>
                rows.Where(row => EF.Functions.GreaterThan(ValueTuple.Create(row.Name, row.Id), ValueTuple.Create(after.Key, after.Id))),
            (var sort, true) when sort == SortField.Name =>
                rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.Name, row.Id), ValueTuple.Create(after.Key, after.Id))),
            (_, false) => rows.Where(row => EF.Functions.GreaterThan(ValueTuple.Create(row.Code, row.Id), ValueTuple.Create(after.Key, after.Id))),
            (_, true) => rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.Code, row.Id), ValueTuple.Create(after.Key, after.Id))),
        };

    private static IQueryable<TRow> Continued<TRow>(this IQueryable<TRow> rows, PageRequest request)
        where TRow : PartRow =>
        request.After is not { } after ? rows : (request.Sort, request.Descending) switch
        {
            (var sort, false) when sort == SortField.UpdatedAt => rows.Where(row => EF.Functions.GreaterThan(
                ValueTuple.Create(row.UpdatedAt, row.CouncilId, row.Id), ValueTuple.Create(after.Instant, after.Council, after.Id))),
            (var sort, true) when sort == SortField.UpdatedAt => rows.Where(row => EF.Functions.LessThan(
                ValueTuple.Create(row.UpdatedAt, row.CouncilId, row.Id), ValueTuple.Create(after.Instant, after.Council, after.Id))),
            (_, false) => rows.Where(row => EF.Functions.GreaterThan(
                ValueTuple.Create(row.Name, row.CouncilId, row.Id), ValueTuple.Create(after.Key, after.Council, after.Id))),
            (_, true) => rows.Where(row => EF.Functions.LessThan(
                ValueTuple.Create(row.Name, row.CouncilId, row.Id), ValueTuple.Create(after.Key, after.Council, after.Id))),
        };

    private static Cursor CursorAt(CouncilRow row, SortField sort) =>
        sort == SortField.UpdatedAt ? new Cursor(row.UpdatedAt, row.Id, row.Id) : new Cursor(sort == SortField.Name ? row.Name : row.Code, row.Id, row.Id);

    private static Cursor CursorAt(PartRow row, SortField sort) =>
        sort == SortField.UpdatedAt ? new Cursor(row.UpdatedAt, row.CouncilId, row.Id) : new Cursor(row.Name, row.CouncilId, row.Id);

    /// <summary>The page, the exact total and the version of the list in one statement; only an empty page needs a second one.</summary>
    private static async Task<RowPage<TRow>> ReadAsync<TRow>(
        IQueryable<TRow> continued,
        IQueryable<TRow> all,
        PageRequest request,
        IQueryable<long> version,
        string[] partTypes,
        Func<TRow, Cursor> cursorAt,
        CancellationToken cancellationToken)
        where TRow : ResourceRow
    {
        var taken = continued.Take(request.Fetch).AsNoTracking();
        var found = await (partTypes.Length == 0
            ? taken.Select(row => new FoundRow<TRow> { Row = row, Total = all.Count(), Version = version.FirstOrDefault() })
            : taken.Select(row => new FoundRow<TRow>
            {
                Row = row,
                Total = all.Count(),
                Version = version.FirstOrDefault(),
                Parts = PublishedDbContext.ResourcesOf(row.Id, partTypes),
            }))
            .ToListAsync(cancellationToken);
        found.ForEach(item => item.Row.Parts = item.Parts);
        var (total, read) = found is [var first, ..]
            ? (first.Total, first.Version)
            : (request.After is null ? 0 : await all.CountAsync(cancellationToken), await version.FirstOrDefaultAsync(cancellationToken));
        return new RowPage<TRow>(request.ToPage(found.ConvertAll(item => item.Row), total, cursorAt), read);
    }

    private sealed record FoundRow<TRow>
    {
        public required TRow Row { get; init; }

        public required int Total { get; init; }

        public required long Version { get; init; }

        public string? Parts { get; init; }
    }
}

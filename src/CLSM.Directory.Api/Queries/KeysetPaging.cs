using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Web.Paging;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Queries;

/// <summary>A page of rows with what surrounds it, all of one snapshot.</summary>
internal sealed record RowPage<TRow>(IReadOnlyList<TRow> Rows, int Total, long Stamp, string? Next);

/// <summary>
/// Keyset paging: a page goes on after the last row of the page before, whatever was written in between. Row values are compared whole
/// (<c>(name, council_id, id) > (…)</c>), which is what an index on them serves.
/// </summary>
internal static class KeysetPaging
{
    public const string ByName = "name";
    public const string ByUpdate = "updatedAt";
    public const string ByCode = "code";

    public static IQueryable<TRow> InOrder<TRow>(this IQueryable<TRow> rows, PageRequest page)
        where TRow : PartRow =>
        (page.Sort, page.Descending) switch
        {
            (ByUpdate, false) => rows.OrderBy(row => row.UpdatedAt).ThenBy(row => row.CouncilId).ThenBy(row => row.Id),
            (ByUpdate, true) => rows.OrderByDescending(row => row.UpdatedAt).ThenByDescending(row => row.CouncilId).ThenByDescending(row => row.Id),
            (_, false) => rows.OrderBy(row => row.Name).ThenBy(row => row.CouncilId).ThenBy(row => row.Id),
            (_, true) => rows.OrderByDescending(row => row.Name).ThenByDescending(row => row.CouncilId).ThenByDescending(row => row.Id),
        };

    public static IQueryable<TRow> Continued<TRow>(this IQueryable<TRow> rows, PageRequest page)
        where TRow : PartRow =>
        (page.Sort, page.Descending, page.After) switch
        {
            (_, _, null) => rows,
            (ByUpdate, false, var after) => rows.Where(row => EF.Functions.GreaterThan(
                ValueTuple.Create(row.UpdatedAt, row.CouncilId, row.Id), ValueTuple.Create(after.Instant, after.Council, after.Id))),
            (ByUpdate, true, var after) => rows.Where(row => EF.Functions.LessThan(
                ValueTuple.Create(row.UpdatedAt, row.CouncilId, row.Id), ValueTuple.Create(after.Instant, after.Council, after.Id))),
            (_, false, var after) => rows.Where(row => EF.Functions.GreaterThan(
                ValueTuple.Create(row.Name, row.CouncilId, row.Id), ValueTuple.Create(after.Key, after.Council, after.Id))),
            (_, true, var after) => rows.Where(row => EF.Functions.LessThan(
                ValueTuple.Create(row.Name, row.CouncilId, row.Id), ValueTuple.Create(after.Key, after.Council, after.Id))),
        };

    public static Cursor CursorAt(this PartRow row, PageRequest page) =>
        new(page.Sort == ByUpdate ? Cursor.KeyOf(row.UpdatedAt) : row.Name, row.CouncilId, row.Id);

    /// <summary>The page, the exact total and the stamp of the list in one statement; only an empty page asks a second time.</summary>
    public static async Task<RowPage<TRow>> ToPageAsync<TRow>(
        this IQueryable<TRow> continued,
        IQueryable<TRow> all,
        IQueryable<long> stamp,
        PageRequest page,
        Func<TRow, Cursor> cursorAt,
        string[] partTypes,
        CancellationToken cancellationToken)
        where TRow : ResourceRow
    {
        var taken = continued.Take(page.Limit + 1).AsNoTracking();
        var found = await (partTypes.Length == 0
            ? taken.Select(row => new FoundRow<TRow> { Row = row, Total = all.Count(), Stamp = stamp.FirstOrDefault() })
            : taken.Select(row => new FoundRow<TRow>
            {
                Row = row,
                Total = all.Count(),
                Stamp = stamp.FirstOrDefault(),
                Parts = PublishedDbContext.ResourcesOf(row.Id, partTypes),
            }))
            .ToListAsync(cancellationToken);
        if (found.Count == 0)
        {
            return new RowPage<TRow>([], page.After is null ? 0 : await all.CountAsync(cancellationToken), await stamp.FirstOrDefaultAsync(cancellationToken), null);
        }

        found.ForEach(item => item.Row.Parts = item.Parts);
        List<TRow> rows = [.. found.Take(page.Limit).Select(item => item.Row)];
        var next = found.Count > page.Limit ? cursorAt(rows[^1]).Write(page.Question) : null;
        return new RowPage<TRow>(rows, found[0].Total, found[0].Stamp, next);
    }

    private sealed record FoundRow<TRow>
    {
        public required TRow Row { get; init; }

        public required int Total { get; init; }

        public required long Stamp { get; init; }

        public string? Parts { get; init; }
    }
}

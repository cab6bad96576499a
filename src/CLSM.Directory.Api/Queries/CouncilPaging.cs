using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Web.Paging;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Queries;

/// <summary>The orders of the national list of councils.</summary>
internal static class CouncilPaging
{
    public static IQueryable<CouncilRow> InOrder(this IQueryable<CouncilRow> rows, PageRequest page) => (page.Sort, page.Descending) switch
    {
        (KeysetPaging.ByUpdate, false) => rows.OrderBy(row => row.UpdatedAt).ThenBy(row => row.Id),
        (KeysetPaging.ByUpdate, true) => rows.OrderByDescending(row => row.UpdatedAt).ThenByDescending(row => row.Id),
        (KeysetPaging.ByName, false) => rows.OrderBy(row => row.Name).ThenBy(row => row.Id),
        (KeysetPaging.ByName, true) => rows.OrderByDescending(row => row.Name).ThenByDescending(row => row.Id),
        (_, false) => rows.OrderBy(row => row.Code).ThenBy(row => row.Id),
        (_, true) => rows.OrderByDescending(row => row.Code).ThenByDescending(row => row.Id),
    };

    public static IQueryable<CouncilRow> Continued(this IQueryable<CouncilRow> rows, PageRequest page) => (page.Sort, page.Descending, page.After) switch
    {
        (_, _, null) => rows,
        (KeysetPaging.ByUpdate, false, var after) => rows.Where(row => EF.Functions.GreaterThan(ValueTuple.Create(row.UpdatedAt, row.Id), ValueTuple.Create(after.Instant, after.Id))),
        (KeysetPaging.ByUpdate, true, var after) => rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.UpdatedAt, row.Id), ValueTuple.Create(after.Instant, after.Id))),
        (KeysetPaging.ByName, false, var after) => rows.Where(row => EF.Functions.GreaterThan(ValueTuple.Create(row.Name, row.Id), ValueTuple.Create(after.Key, after.Id))),
        (KeysetPaging.ByName, true, var after) => rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.Name, row.Id), ValueTuple.Create(after.Key, after.Id))),
        (_, false, var after) => rows.Where(row => EF.Functions.GreaterThan(ValueTuple.Create(row.Code, row.Id), ValueTuple.Create(after.Key, after.Id))),
        (_, true, var after) => rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.Code, row.Id), ValueTuple.Create(after.Key, after.Id))),
    };

    public static Cursor CursorAt(this CouncilRow row, PageRequest page) => new(
        page.Sort switch { KeysetPaging.ByUpdate => Cursor.KeyOf(row.UpdatedAt), KeysetPaging.ByName => row.Name, _ => row.Code },
        row.Id,
        row.Id);
}

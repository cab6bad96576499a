using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Persistence;

namespace CLSM.Directory.Api.Queries;

/// <summary><c>updatedSince=</c>, the same on every list.</summary>
internal static class UpdatedSinceFilter
{
    public static readonly QueryParameter Parameter = new InstantParameter("updatedSince", "Only what changed at or after this instant (UTC).");

    /// <summary>The rows that changed at or after an instant that was checked before.</summary>
    public static IQueryable<TRow> Apply<TRow>(IQueryable<TRow> rows, string value)
        where TRow : ResourceRow
    {
        var instant = InstantParameter.Parse(value)!.Value;
        return rows.Where(row => row.UpdatedAt >= instant);
    }
}

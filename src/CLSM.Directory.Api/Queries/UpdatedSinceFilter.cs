using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Web.Parameters;

namespace CLSM.Directory.Api.Queries;

/// <summary><c>updatedSince=</c>, the same on every list.</summary>
internal static class UpdatedSinceFilter
{
    public static readonly InstantParameter Parameter = new("updatedSince", "Only what changed at or after this instant (UTC).");

    /// <summary>The rows that changed at or after the instant of the query; all of them where it has none.</summary>
    public static IQueryable<TRow> Apply<TRow>(IQueryable<TRow> rows, ParsedQuery query)
        where TRow : ResourceRow =>
        Parameter.Read(query) is { } instant ? rows.Where(row => row.UpdatedAt >= instant) : rows;
}

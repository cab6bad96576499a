using System.Globalization;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Features.Changes;
using CLSM.Directory.Api.Web.Files;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Features.Exports;

/// <summary>Reads the version of an export, in the snapshot that the export reads.</summary>
internal static class ExportVersionQueries
{
    /// <summary>A program that writes otherwise has other exports.</summary>
    private static readonly string Program = typeof(ExportVersionQueries).Module.ModuleVersionId.ToString("N")[..8];

    public static async Task<ExportVersion> ReadAsync(PublishedDbContext published, ChangeCursor cursors, CancellationToken cancellationToken)
    {
        // Territories begin and end on days, and their codes come from the reference.
        var row = await published.Database.SqlQueryRaw<Row>(
            """
            select h.cursor as "Number", h.last_cursor as "Last", greatest(h.at, r.loaded_at) as "ChangedAt", r.version as "Reference",
                   current_date as "Day"
            from published.change_head h cross join published.reference_state r
            """).SingleAsync(cancellationToken);
        return new ExportVersion(
            await cursors.WriteAsync(row.Last, cancellationToken),
            row.ChangedAt,
            string.Create(CultureInfo.InvariantCulture, $"{row.Number}-{row.Reference}-{row.Day:yyyyMMdd}-{Program}"));
    }

    private sealed record Row(long Number, long Last, DateTime ChangedAt, long Reference, DateOnly Day);
}

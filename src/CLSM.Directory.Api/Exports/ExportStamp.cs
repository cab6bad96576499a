using System.Globalization;
using CLSM.Directory.Api.Features.Changes;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Exports;

/// <summary>Of which instant an export is: the head of the change log in its own snapshot, and all else that it depends on.</summary>
internal sealed record ExportStamp(string Cursor, DateTime ChangedAt, string State)
{
    /// <summary>A program that writes otherwise has other exports.</summary>
    private static readonly string Program = typeof(ExportStamp).Module.ModuleVersionId.ToString("N")[..8];

    public static async Task<ExportStamp> ReadAsync(PublishedDbContext published, ChangeCursor cursors, CancellationToken cancellationToken)
    {
        // Territories begin and end on days, and their codes come from the reference.
        var row = await published.Database.SqlQueryRaw<Row>(
            """
            select h.cursor as "Number", h.last_cursor as "Last", greatest(h.at, r.loaded_at) as "ChangedAt", r.version as "Reference", current_date as "Day"
            from published.change_head h cross join published.reference_state r
            """).SingleAsync(cancellationToken);
        return new ExportStamp(
            await cursors.WriteAsync(row.Last, cancellationToken),
            row.ChangedAt,
            string.Create(CultureInfo.InvariantCulture, $"{row.Number}-{row.Reference}-{row.Day:yyyyMMdd}-{Program}"));
    }

    /// <summary>Weak: the same content may be compressed in several ways.</summary>
    public string TagOf(HttpRequest request) => $"W/{EntityTags.OfAnswer(State, $"{request.Path}{request.QueryString}")}";

    private sealed record Row(long Number, long Last, DateTime ChangedAt, long Reference, DateOnly Day);
}

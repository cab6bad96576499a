using CLSM.Directory.Api.Web.Files;
using CLSM.Directory.Model.Parts;

namespace CLSM.Directory.Api.Features.Exports;

/// <summary>The columns that the parts of councils have, whatever their kind, around those of their own.</summary>
internal static class PartColumns
{
    public static IReadOnlyList<ExportColumn<T>> Around<T>(IReadOnlyList<ExportColumn<T>> own)
        where T : CouncilPart =>
    [
        ExportColumn<T>.Text("council", "Code of the council.", part => part.Council),
        ExportColumn<T>.Text("id", "Id, unique with the council.", part => part.Id?.ToString()),
        .. own,
        ExportColumn<T>.List("inferred", "JSON Pointers of what is concluded and not stated; `/` is the whole.", part => EvidenceCells.Inferred(part.Evidence)),
        ExportColumn<T>.Integer("version", "Rises with every change.", part => part.Version),
        ExportColumn<T>.Instant("createdAt", "When the directory took it in (UTC).", part => part.CreatedAt),
        ExportColumn<T>.Instant("updatedAt", "When it last changed (UTC).", part => part.UpdatedAt),
    ];
}

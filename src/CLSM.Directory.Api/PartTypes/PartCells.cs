using CLSM.Directory.Api.Web.Files;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Api.PartTypes;

/// <summary>Cells that several kinds of parts have in exports.</summary>
internal static class PartCells
{
    public const string Themes = "Codes of the list `themes`.";

    /// <summary>The columns of a postal address.</summary>
    public static IEnumerable<ExportColumn<T>> Address<T>(Func<T, PostalAddress?> addressOf) =>
    [
        ExportColumn<T>.Text("address", "Lines of the postal address, parted by a vertical bar.", part => Lines(addressOf(part))),
        ExportColumn<T>.Text("postcode", "Postcode.", part => addressOf(part)?.Postcode),
        ExportColumn<T>.Text("city", "City.", part => addressOf(part)?.City),
        ExportColumn<T>.Text("commune", "INSEE code of the commune.", part => addressOf(part)?.CommuneCode),
    ];

    /// <summary>The columns of a composition.</summary>
    public static IEnumerable<ExportColumn<T>> Composition<T>(Func<T, IReadOnlyList<CompositionEntry>?> compositionOf) =>
    [
        ExportColumn<T>.List(
            "composition", "Who sits in it, in the words of the source.", part => compositionOf(part)?.Select(entry => entry.Label)),
        ExportColumn<T>.List(
            "compositionCategories",
            "Codes of the list `participant-categories`, each once.",
            part => compositionOf(part)?.Select(entry => entry.Category).Distinct()),
    ];

    private static string? Lines(PostalAddress? address)
    {
        if (address is null)
        {
            return null;
        }

        var city = string.Join(' ', new[] { address.Postcode, address.City }.OfType<string>());
        return Cells.Join([.. address.Lines ?? [], city.Length > 0 ? city : null]);
    }
}

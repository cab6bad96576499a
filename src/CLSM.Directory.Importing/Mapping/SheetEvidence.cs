using CLSM.Directory.Model.Provenance;

namespace CLSM.Directory.Importing.Mapping;

/// <summary>Evidence for what a sheet does not say in so many words.</summary>
internal static class SheetEvidence
{
    private const int MaxReason = 1000;

    public static Evidence NotStated => new() { State = "not-stated" };

    public static Evidence Inferred(string reason) => new() { State = "inferred", Reason = ReasonOf(reason) };

    /// <summary>A code that was chosen by words of the sheet.</summary>
    public static Evidence ByWords(string words) => Inferred($"Classement de l’annuaire d’après les mots « {words} ».");

    /// <summary>A reason, cut where it is too long.</summary>
    public static string ReasonOf(string text) => text.Length <= MaxReason ? text : text[..(MaxReason - 1)] + "…";
}

using System.Text.RegularExpressions;
using CLSM.Directory.Model.Text;

namespace CLSM.Directory.Importing.French;

/// <summary>Names of persons in texts and in e-mail addresses.</summary>
internal static partial class FrenchNames
{
    private static readonly HashSet<string> Functions = new(
        [
            "clsm", "cosm", "cism", "csme", "contact", "accueil", "sante", "mentale", "mairie", "ville", "coordination",
            "coordinateur", "coordinatrice", "coordo", "service", "services", "info", "infos", "secretariat", "direction", "ccas",
            "cias", "ars", "epsm", "ch", "chu", "psy", "psychiatrie", "conseil", "local", "pole", "social", "solidarites",
            "prevention", "promotion", "handicap", "hygiene", "asv", "cls", "ptsm", "gem", "association", "reseau", "maison",
            "centre", "communication", "no", "reply",
        ],
        StringComparer.Ordinal);

    /// <summary>Whether a text names a person by a civility.</summary>
    public static bool NamesPerson(string text) => Civility().IsMatch(text);

    /// <summary>Whether an address is a person's: of the form first.last@, unless its words are those of a service.</summary>
    public static bool IsPersonalEmail(string email)
    {
        var local = email[..email.IndexOf('@', StringComparison.Ordinal)];
        return TwoNames().IsMatch(local) && !PlainText.Words(local).Any(Functions.Contains);
    }

    [GeneratedRegex(@"\b(?:M\.|Mme|Mlle|Dr|Pr|Docteur|Monsieur|Madame)\s+\p{Lu}")]
    private static partial Regex Civility();

    [GeneratedRegex(@"^\p{L}+(?:-\p{L}+)?[._]\p{L}[\p{L}-]+$|^\p{L}{3,}-\p{L}{3,}$")]
    private static partial Regex TwoNames();
}

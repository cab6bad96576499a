using System.Globalization;
using System.Text.RegularExpressions;
using CLSM.Directory.Model.Text;

namespace CLSM.Directory.Api.Geography;

/// <summary>Names of places as they are compared: what people write in many ways becomes one text.</summary>
internal static partial class PlaceName
{
    /// <summary>The plain form of a name: "L'Haÿ-les-Roses" is "l hay les roses", "St-Étienne" is "saint etienne".</summary>
    public static string Fold(string name) => PlainText.Fold(name, PlainTextOptions.LatinOnly | PlainTextOptions.SaintAbbreviations);

    /// <summary>The plain name of a commune or arrondissement as the reference writes it: "Paris XIVe" aside, "Paris 14ème" is "paris 14e arrondissement".</summary>
    public static string PlainCommune(string name)
    {
        var plain = CommunePrefix().Replace(Fold(name), "");
        var match = Arrondissement().Match(plain);
        if (!match.Success)
        {
            match = ArrondissementFirst().Match(plain);
        }

        if (!match.Success)
        {
            return plain;
        }

        var number = int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        return $"{match.Groups["city"].Value} {number}{(number == 1 ? "er" : "e")} arrondissement";
    }

    /// <summary>Without its leading article: "la rochelle" is "rochelle".</summary>
    public static string WithoutArticle(string plain) => Article().Replace(plain, "");

    /// <summary>The name of an EPCI without the words for what it is in front: "communaute d agglomeration du niortais" is "niortais".</summary>
    public static string WithoutEpciType(string plain) => EpciPrefix().Replace(plain, "");

    /// <summary>The same without such words at the end too: "metz metropole" is "metz".</summary>
    public static string CoreOfEpci(string plain)
    {
        var core = EpciSuffix().Replace(WithoutEpciType(plain), "");
        return core.Length == 0 ? plain : core;
    }

    /// <summary>The first letters of the words that count, those for what it is among them: "CA de Lens-Liévin" is "call".</summary>
    public static string Acronym(string plain) => string.Concat(Spelled(plain).Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Where(word => word is not ("de" or "du" or "des" or "d" or "la" or "le" or "les" or "l" or "et" or "en"))
        .Select(word => word[0]));

    private static string Spelled(string plain) => EpciShort().Replace(plain, match => match.Value switch
    {
        "ca" => "communaute agglomeration",
        "cc" => "communaute communes",
        _ => "communaute urbaine",
    });

    [GeneratedRegex("^(?:(?:ville|commune|mairie) (?:de la |de l |des |du |de |d ))")]
    private static partial Regex CommunePrefix();

    [GeneratedRegex("^(?<city>paris|lyon|marseille) 0*(?<number>[1-9][0-9]?) ?(?:er|ere|e|eme|ieme|nd|nde)?(?: (?:arrondissement|arrdt|arr))?$")]
    private static partial Regex Arrondissement();

    [GeneratedRegex("^0*(?<number>[1-9][0-9]?) ?(?:er|e|eme|ieme|nd)? (?:arrondissement|arrdt|arr)(?: de)? (?<city>paris|lyon|marseille)$")]
    private static partial Regex ArrondissementFirst();

    [GeneratedRegex("^(?:la|le|les|l) (?=.)")]
    private static partial Regex Article();

    [GeneratedRegex("^(?:communaute d agglomeration|communaute de communes|communaute urbaine|communaute d agglo|communaute|eurometropole|metropole|agglomeration|agglo|ca|cc|cu)(?: (?:de la|de l|du|des|de|d|la|le|les|l))? (?=.)")]
    private static partial Regex EpciPrefix();

    [GeneratedRegex(" (?:metropole|eurometropole|agglomeration|agglo|communaute|communaute d agglomeration|communaute de communes|communaute urbaine)$")]
    private static partial Regex EpciSuffix();

    [GeneratedRegex("^(?:ca|cc|cu)(?= )")]
    private static partial Regex EpciShort();
}

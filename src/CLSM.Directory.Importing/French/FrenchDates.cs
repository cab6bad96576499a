using System.Globalization;
using System.Text.RegularExpressions;
using CLSM.Directory.Model.Text;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Importing.French;

/// <summary>A date found in a text, and where.</summary>
internal sealed record DateInWords(FuzzyDate Date, int Start, int End)
{
    public string Year => Date.Value[..4];
}

/// <summary>Dates in French words, as precise as the words and no more.</summary>
internal static partial class FrenchDates
{
    private static readonly string[] Months = ["janv", "fevr", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec"];

    /// <summary>The one date that a text gives; null where it gives none, or several.</summary>
    public static FuzzyDate? Parse(string text) => Find(text) is [var only] ? only.Date with { Text = text.Length <= 500 ? text : null } : null;

    /// <summary>Every date of a text, in its order. A span of years ("2015-2020") is no date.</summary>
    public static IReadOnlyList<DateInWords> Find(string text) =>
        [.. Expression().Matches(text).Select(Read).OfType<DateInWords>()];

    private static DateInWords? Read(Match match)
    {
        var year = match.Groups["year"].Value;
        if (year.Length == 0 || match.Groups["span"].Success)
        {
            return null;
        }

        var (value, precision) = Value(match, year);
        precision = PlainText.Fold(match.Groups["bound"].Value) switch
        {
            "" => precision,
            "avant" => "before",
            "apres" => "after",
            _ => "circa",
        };
        return new DateInWords(new FuzzyDate { Value = value, Precision = precision, Text = match.Value.Trim() }, match.Index, match.Index + match.Length);
    }

    private static (string Value, string Precision) Value(Match match, string year)
    {
        if (match.Groups["season"] is { Success: true, Value: var season })
        {
            return ($"{year}-2{PlainText.Fold(season)[0] switch { 'p' => 1, 'e' => 2, 'a' => 3, _ => 4 }}", "season");
        }

        var month = match.Groups["month"] is { Success: true, Value: var word } ? MonthOf(word)
            : match.Groups["number"] is { Success: true, Value: var number } ? int.Parse(number, CultureInfo.InvariantCulture) : 0;
        if (month is < 1 or > 12)
        {
            return (year, "year");
        }

        var day = match.Groups["day"] is { Success: true, Value: var digits } ? int.Parse(digits.Replace("er", "", StringComparison.OrdinalIgnoreCase), CultureInfo.InvariantCulture) : 0;
        return day == 0 ? ($"{year}-{month:00}", "month")
            : day <= DateTime.DaysInMonth(int.Parse(year, CultureInfo.InvariantCulture), month) ? ($"{year}-{month:00}-{day:00}", "day")
            : (year, "year");
    }

    private static int MonthOf(string word)
    {
        var key = PlainText.Fold(word);
        return Array.FindIndex(Months, month => key.StartsWith(month, StringComparison.Ordinal)) + 1;
    }

    [GeneratedRegex(
        """
        (?<![\d\p{L}])
        (?:(?<bound>vers|environ|circa|autour\ de|aux\ alentours\ de|avant|apr[eè]s)\s+(?:le\s+|la\s+|l['’]\s*|fin\s+|l['’]année\s+)?)?
        (?:
          (?<year>(?:1[89]|20)\d\d)-(?<number>0[1-9]|1[0-2])-(?<day>0[1-9]|[12]\d|3[01])
        | (?<day>0?[1-9]|[12]\d|3[01])[/.](?<number>0?[1-9]|1[0-2])[/.](?<year>(?:1[89]|20)\d\d)
        | (?<span>(?:1[89]|20)\d\d\s*[-–/]\s*)(?<year>(?:1[89]|20)\d\d)
        | (?<year>(?:1[89]|20)\d\d)-(?<number>0[1-9]|1[0-2])
        | (?<number>0[1-9]|1[0-2])/(?<year>(?:1[89]|20)\d\d)
        | (?<season>printemps|[ée]t[ée]|automne|hiver)\s+(?:de\s+l['’]année\s+|de\s+)?(?<year>(?:1[89]|20)\d\d)
        | (?:(?<day>0?[1-9]|1er|[12]\d|3[01])\s+)?(?<month>janv(?:ier|\.)?|f[ée]vr(?:ier|\.)?|mars|avr(?:il|\.)?|mai|juin|juil(?:let|\.)?|ao[ûu]t|sept(?:embre|\.)?|oct(?:obre|\.)?|nov(?:embre|\.)?|d[ée]c(?:embre|\.)?)\s*[\(\[]?(?:de\s+l['’]année\s+)?(?<year>(?:1[89]|20)\d\d)
        | (?<year>(?:1[89]|20)\d\d)(?!\s*(?:habitants|personnes|euros|€|communes|structures|h\b|m²))
        )
        (?![\d\p{L}])(?!\s?\d{3})
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        2000)]
    private static partial Regex Expression();
}

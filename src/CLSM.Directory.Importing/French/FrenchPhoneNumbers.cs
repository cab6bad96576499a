using System.Text.RegularExpressions;

namespace CLSM.Directory.Importing.French;

/// <summary>Telephone numbers as French people write them, to E.164. Overseas numbers carry the code of their territory.</summary>
internal static partial class FrenchPhoneNumbers
{
    /// <summary>The numbers of a text, and the text without them.</summary>
    public static (IReadOnlyList<string> Numbers, string Remainder) Find(string text)
    {
        var numbers = new List<string>();
        var found = new HashSet<string>(StringComparer.Ordinal);
        var rest = Expression().Replace(text, match =>
        {
            var number = ToE164(match.Value);
            if (number is null)
            {
                return match.Value;
            }

            if (found.Add(number))
            {
                numbers.Add(number);
            }

            return " ";
        });
        return (numbers, rest.Trim(' ', '/', ',', ';', '-', '.', '\n', '\t', '|', '\u00A0'));
    }

    /// <summary>Where numbers stand in a text.</summary>
    public static IEnumerable<(int Start, int End, string Number)> Places(string text) =>
        from match in Expression().Matches(text)
        let number = ToE164(match.Value)
        where number is not null
        select (match.Index, match.Index + match.Length, number);

    /// <summary>The number in E.164; null where it is none.</summary>
    public static string? ToE164(string text)
    {
        var international = text.TrimStart().StartsWith('+') || text.TrimStart().StartsWith("00", StringComparison.Ordinal);
        var digits = string.Concat(text.Replace("(0)", "", StringComparison.Ordinal).Where(char.IsAsciiDigit));
        if (!international)
        {
            return digits.Length == 10 && digits[0] == '0' && digits[1] != '0' ? $"+{CountryOf(digits)}{digits[1..]}" : null;
        }

        digits = text.TrimStart().StartsWith('+') ? digits : digits[2..];
        foreach (var code in new[] { "33", "262", "590", "594", "596" })
        {
            if (digits.StartsWith(code, StringComparison.Ordinal))
            {
                var national = digits[code.Length..].TrimStart('0');
                return national.Length == 9 ? $"+{code}{national}" : null;
            }
        }

        return digits.Length is >= 7 and <= 15 && digits[0] != '0' ? $"+{digits}" : null;
    }

    private static string CountryOf(string digits) => digits[..4] switch
    {
        "0262" or "0263" or "0269" or "0639" or "0692" or "0693" => "262",
        "0590" or "0690" or "0691" => "590",
        "0594" or "0694" => "594",
        "0596" or "0696" or "0697" => "596",
        _ => "33",
    };

    [GeneratedRegex(@"(?<![\d+])(?:(?:\+|00)[ .\u00A0-]?[1-9](?:[ .\u00A0-]{0,2}\(0\))?(?:[ .\u00A0-]{0,2}(?:\(0\)[ .\u00A0-]{0,2})?\d){6,14}|0[ .\u00A0-]?[1-9](?:[ .\u00A0/-]{0,2}\d){8})(?!\d)", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Expression();
}

using System.Text;

namespace CLSM.Directory.Api.Queries;

/// <summary>
/// The words of a text as the database keeps them (<c>directory.plain_text</c>): small plain letters and digits, whatever the accents, the
/// case and the signs between them. What is left of any text is safe in a full-text query.
/// </summary>
internal static class PlainWords
{
    public static IReadOnlyList<string> Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in WellFormed(text).Normalize(NormalizationForm.FormD).Where(letter => letter is < '\u0300' or > '\u036F'))
        {
            plain.Append(letter switch
            {
                >= 'A' and <= 'Z' => char.ToLowerInvariant(letter).ToString(),
                (>= 'a' and <= 'z') or (>= '0' and <= '9') => letter.ToString(),
                'œ' or 'Œ' => "oe",
                'æ' or 'Æ' => "ae",
                _ => " ",
            });
        }

        return [.. plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The full-text query that finds texts in which each word begins a word.</summary>
    public static string Query(string text) => string.Join(" & ", Of(text).Select(word => $"{word}:*"));

    /// <summary>A surrogate without its other half is no letter, and cannot be normalised.</summary>
    private static string WellFormed(string text) => string.Concat(text.EnumerateRunes());
}

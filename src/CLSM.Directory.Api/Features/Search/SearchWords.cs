using System.Text;
using System.Text.RegularExpressions;

namespace CLSM.Directory.Api.Features.Search;

/// <summary>Texts in plain words, as the database's <c>published.search_plain</c> writes them.</summary>
internal static partial class SearchWords
{
    /// <summary>French words that say nothing by themselves.</summary>
    private static readonly HashSet<string> Empty = new(
        "a au aux avec ce ces d dans de des du elle en et eux il ils je l la le les leur lui ma mais me mes mon ne nos notre nous on ou par pas pour qu que qui s sa se ses son sur ta te tes ton tu un une vos votre vous y".Split(' '),
        StringComparer.Ordinal);

    /// <summary>Small plain letters and digits; e-mail addresses and telephone numbers are no words.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var letter in WithoutAddresses(text).Normalize(NormalizationForm.FormKD))
        {
            if (letter is >= '\u0300' and <= '\u036f')
            {
                continue;
            }

            letters.Append(letter switch
            {
                'œ' or 'Œ' => "oe",
                'æ' or 'Æ' => "ae",
                _ => char.IsAsciiLetter(letter) ? char.ToLowerInvariant(letter).ToString() : letter.ToString(),
            });
        }

        return [.. NoLetter().Replace(Dotted().Replace(letters.ToString(), "$1"), " ").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Saint().Replace(word, "saint$1"))];
    }

    /// <summary>Blanks in the place of e-mail addresses and telephone numbers.</summary>
    public static string WithoutAddresses(string text) => Phone().Replace(Email().Replace(text, Blank), Blank);

    private static string Blank(Match match) => new(' ', match.Length);

    public static bool SaysNothing(string word) => Empty.Contains(word);

    /// <summary>Without the words that say nothing, and without the letters of the plural: how labels and phrases are compared.</summary>
    public static string Key(IEnumerable<string> words) => string.Join(' ', words.Where(word => !SaysNothing(word)).Select(Singular));

    public static string Singular(string word) => word.Length > 3 && word[^1] is 's' or 'x' ? word[..^1] : word;

    [GeneratedRegex(@"\S+@\S+")]
    private static partial Regex Email();

    [GeneratedRegex(@"(\+33|\b0)[ .]?[1-9]([ .-]?[0-9]{2}){4}")]
    private static partial Regex Phone();

    [GeneratedRegex(@"(?<![a-z0-9])([a-z])\.(?=[a-z](?![a-z0-9]))")]
    private static partial Regex Dotted();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NoLetter();

    [GeneratedRegex("^st(e?s?)$")]
    private static partial Regex Saint();
}

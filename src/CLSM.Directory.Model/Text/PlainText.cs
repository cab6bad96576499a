using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CLSM.Directory.Model.Text;

/// <summary>A word of a text in its plain form, and where it stands in the text.</summary>
internal readonly record struct PlainWord(int Start, int End, string Text);

/// <summary>
/// The one plain form of texts: what people write in many ways becomes one text. The function <c>directory.plain_text</c> of the database does
/// the same with <see cref="PlainTextOptions.LatinOnly"/>; a test compares them on every character.
/// </summary>
internal static partial class PlainText
{
    // Letters that have no decomposition in Unicode, and small capitals. Each stands for the letter below it; directory.plain_text has the same table.
    private const string Letters =
        "ØøĐđÐðƉɖĦħıȷŁłŊŋŦŧƀɃƁɓƊɗƑƒƓɠƗɨƘƙƝɲƟɵƤƥƬƭƲʋƳƴƵƶǤǥȺⱥȻȼɆɇƏəƐɛƆɔɑɡᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ";

    private const string Bases =
        "ooddddddhhijllnnttbbbbddffggiikknnooppttvvyyzzggaacceeeeeeooagabcdefghijklmnopqrstuvwyz";

    private const char Sign = '\u0001';

    private static readonly SearchValues<char> NotNormalized =
        SearchValues.Create([.. Enumerable.Range('\uD800', '\uE000' - '\uD800').Select(value => (char)value), '\uFFFE']);

    private static readonly Dictionary<char, string> BaseOf = Letters.Zip(Bases, (letter, plain) => (letter, plain.ToString()))
        .Concat([('Æ', "ae"), ('æ', "ae"), ('ᴁ', "ae"), ('Œ', "oe"), ('œ', "oe"), ('ɶ', "oe"), ('ẞ', "ss"), ('ß', "ss"), ('Þ', "th"), ('þ', "th")])
        .ToDictionary(pair => pair.Item1, pair => pair.Item2);

    /// <summary>The plain words of a text, separated by single spaces: "L’Haÿ-les-Roses" is "l hay les roses".</summary>
    public static string Fold(string text, PlainTextOptions options = PlainTextOptions.None) => string.Join(' ', Words(text, options));

    /// <summary>The plain words of a text.</summary>
    public static IReadOnlyList<string> Words(string text, PlainTextOptions options = PlainTextOptions.None)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var rune in WellFormed(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            AppendDecomposed(letters, rune, options.HasFlag(PlainTextOptions.LatinOnly));
        }

        var plain = letters.ToString();
        if (options.HasFlag(PlainTextOptions.WithoutAddresses))
        {
            plain = Phone().Replace(Email().Replace(plain, " "), " ");
        }

        if (options.HasFlag(PlainTextOptions.JoinedAcronyms))
        {
            plain = Dotted().Replace(plain, "$1");
        }

        var words = SplitAtSigns(plain);
        if (options.HasFlag(PlainTextOptions.SaintAbbreviations))
        {
            words = words.Select(SpellSaint);
        }

        return [.. options.HasFlag(PlainTextOptions.DistinctWords) ? words.Distinct(StringComparer.Ordinal) : words];
    }

    /// <summary>The plain words of a text in all scripts, each with its place. Invisible characters do not part a word.</summary>
    public static IReadOnlyList<PlainWord> Places(string text)
    {
        var places = new List<PlainWord>();
        var (word, decomposed) = (new StringBuilder(), new StringBuilder());
        var (start, end) = (0, 0);
        for (var at = 0; at < text.Length;)
        {
            if (char.IsAsciiLetterOrDigit(text[at]))
            {
                start = word.Length == 0 ? at : start;
                end = ++at;
                word.Append(char.ToLowerInvariant(text[at - 1]));
                continue;
            }

            var next = at + (Rune.TryGetRuneAt(text, at, out var rune) ? rune.Utf16SequenceLength : 1);
            decomposed.Clear();
            foreach (var part in WellFormed(text[at..next]).Normalize(NormalizationForm.FormKD).EnumerateRunes())
            {
                AppendDecomposed(decomposed, part, latinOnly: false);
            }

            foreach (var letter in decomposed.ToString())
            {
                if (IsSign(letter))
                {
                    AddWord();
                    continue;
                }

                start = word.Length == 0 ? at : start;
                end = next;
                word.Append(letter);
            }

            // A mark that stands by itself belongs to the letter before it.
            end = decomposed.Length == 0 && word.Length > 0 ? next : end;
            at = next;
        }

        AddWord();
        return places;

        void AddWord()
        {
            if (word.Length > 0)
            {
                places.Add(new PlainWord(start, end, word.ToString()));
                word.Clear();
            }
        }
    }

    /// <summary>Blanks in the place of e-mail addresses and telephone numbers; every other character keeps its place.</summary>
    public static string BlankAddresses(string text)
    {
        return Phone().Replace(Email().Replace(text, Blank), Blank);

        static string Blank(Match match) => new(' ', match.Length);
    }

    /// <summary>Appends the plain form of a character that has no decomposition: nothing for marks, a sign for what separates words.</summary>
    private static void AppendDecomposed(StringBuilder letters, Rune rune, bool latinOnly)
    {
        if (rune.IsAscii)
        {
            letters.Append((char)(rune.Value is >= 'A' and <= 'Z' ? rune.Value | 0x20 : rune.Value));
        }
        else if (IsInvisible(rune.Value))
        {
            return;
        }
        else if (rune.IsBmp && BaseOf.TryGetValue((char)rune.Value, out var plain))
        {
            letters.Append(plain);
        }
        else if (!latinOnly && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
        {
            return;
        }
        else if (!latinOnly && Rune.IsLetterOrDigit(rune) && !IsApostrophe(rune.Value))
        {
            // By way of the capital, because a Greek word ends in another small sigma.
            letters.Append(Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)).ToString());
        }
        else
        {
            letters.Append(rune.Value is 0x85 or 0x1680 or 0x2028 or 0x2029 ? ' ' : Sign);
        }
    }

    /// <summary>Marks, and characters that nobody sees: soft hyphens, zero-width characters, variation selectors. directory.plain_text has the same list.</summary>
    private static bool IsInvisible(int value) => value is 0xAD or (>= 0x300 and <= 0x36F) or 0x61C or 0x115F or 0x1160 or (>= 0x180B and <= 0x180F)
        or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E)
        or (>= 0x2060 and <= 0x206F) or (>= 0x20D0 and <= 0x20FF) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xFE20 and <= 0xFE2F) or 0xFEFF
        or (>= 0xFFF9 and <= 0xFFFB) or (>= 0xE0000 and <= 0xE0FFF);

    /// <summary>Letters to Unicode, apostrophes to who types them.</summary>
    private static bool IsApostrophe(int value) => value is (>= 0x2B0 and <= 0x2FF) or 0xA78B or 0xA78C;

    private static bool IsSign(char letter) => letter < 0x80 && !char.IsAsciiLetterOrDigit(letter);

    private static IEnumerable<string> SplitAtSigns(string plain)
    {
        for (var at = 0; at < plain.Length;)
        {
            var start = at;
            while (at < plain.Length && !IsSign(plain[at]))
            {
                at++;
            }

            if (at > start)
            {
                yield return plain[start..at];
            }

            at++;
        }
    }

    private static string SpellSaint(string word) => word switch
    {
        "st" => "saint",
        "ste" => "sainte",
        "sts" => "saints",
        "stes" => "saintes",
        _ => word,
    };

    /// <summary>A surrogate without its other half and U+FFFE are no characters, and cannot be normalised.</summary>
    private static string WellFormed(string text) =>
        text.AsSpan().IndexOfAny(NotNormalized) < 0 ? text : string.Concat(text.EnumerateRunes()).Replace('\uFFFE', '\uFFFD');

    [GeneratedRegex(@"[^\t-\r \u0085\u1680\u2028\u2029]+@[^\t-\r \u0085\u1680\u2028\u2029]+")]
    private static partial Regex Email();

    [GeneratedRegex(@"(?:\+33|(?<![0-9A-Za-z])0)[ .]?[1-9](?:[ .-]?[0-9]{2}){4}")]
    private static partial Regex Phone();

    [GeneratedRegex(@"(?<![a-z0-9])([a-z])\.(?=[a-z](?![a-z0-9]))")]
    private static partial Regex Dotted();
}

using System.Text;

namespace CLSM.Directory.Api.Web.Problems;

/// <summary>
/// How a caller's own words are given back to them in a problem: no longer than a reader needs, and with a visible sign for every character
/// that would not be seen or would turn the line around it, so that neither a terminal nor a log nor the contract is surprised by them.
/// </summary>
internal static class SafeText
{
    public const int Longest = 200;

    public static string Of(string text, int longest = Longest)
    {
        var isLong = text.Length > longest;
        var kept = isLong ? text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)] : text;
        if (kept.Any(IsUnseen))
        {
            var shown = new StringBuilder(kept.Length);
            foreach (var letter in kept)
            {
                shown.Append(Shown(letter));
            }

            kept = shown.ToString();
        }

        return isLong ? kept + "…" : kept;
    }

    /// <summary>Unicode has a picture for each control character of ASCII.</summary>
    private static char Shown(char letter) =>
        letter < ' ' ? (char)('\u2400' + letter) : letter == '\u007F' ? '\u2421' : IsUnseen(letter) ? '\uFFFD' : letter;

    private static bool IsUnseen(char letter) => char.IsControl(letter) || letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}

using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace CLSM.Directory.TestSupport;

/// <summary>Random texts that often meet what the rules of the plain form are about.</summary>
internal static class TextGenerator
{
    private static readonly string[] Pieces =
    [
        "œ", "Æ", "ß", "ﬁ", "ø", "é", "e\u0301", "\u0301", "\u00AD", "\u200B", "\u00A0", "\u202F", "’", "-", "‑", ".", "@", "+33", "0", "6 12 34 56 78", "st", "Ste", "S.", "a.", "b",
        "_", " ", "\n", "ｅ", "ʟ", "ж", "Σ", "𝐋", "Ⅳ", "²", "\uFE0F", "😀", "\uD83D\uDE00", "\u2028", "ʼ", "K", "İ", "ŉ", "ǆ", "½", "٣", "\u0345",
    ];

    private static readonly Gen<string> Runes = Gen.Choose(1, 0x2FFFF).Where(Rune.IsValid).Select(value => new Rune(value).ToString());

    public static Gen<string> Texts() =>
        from length in Gen.Choose(0, 24)
        from pieces in Gen.ArrayOf(Gen.OneOf(Gen.Elements(Pieces), Runes), length)
        select string.Concat(pieces);
}

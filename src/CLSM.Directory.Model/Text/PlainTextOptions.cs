namespace CLSM.Directory.Model.Text;

/// <summary>What <see cref="PlainText"/> does besides folding case, accents, ligatures and signs.</summary>
[Flags]
internal enum PlainTextOptions
{
    /// <summary>Words of letters and digits of every script.</summary>
    None = 0,

    /// <summary>E-mail addresses and telephone numbers are no words.</summary>
    WithoutAddresses = 1,

    /// <summary>An acronym with dots is one word: "S.A.M.S.A.H." is "samsah".</summary>
    JoinedAcronyms = 2,

    /// <summary>"St" and "Ste" are "saint" and "sainte".</summary>
    SaintAbbreviations = 4,

    /// <summary>Only the letters a to z and digits, as the database has them: what is left of other scripts separates words.</summary>
    LatinOnly = 8,

    /// <summary>Each word once, where it stands first.</summary>
    DistinctWords = 16,

    /// <summary>The words of the search, as <c>published.search_plain</c> writes them.</summary>
    Search = LatinOnly | WithoutAddresses | JoinedAcronyms | SaintAbbreviations,
}

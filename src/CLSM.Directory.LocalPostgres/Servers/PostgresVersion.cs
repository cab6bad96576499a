using System.Globalization;
using System.Text.RegularExpressions;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>A version as PostgreSQL's programs tell it.</summary>
internal sealed partial record PostgresVersion(int Major, string Text)
{
    /// <summary>The first major version that has everything this project uses.</summary>
    public const int Oldest = 15;

    /// <summary>Reads "postgres (PostgreSQL) 15.18 (…)"; <see langword="null"/> for anything else.</summary>
    public static PostgresVersion? Parse(string output) =>
        Words().Match(output) is { Success: true } words
            ? new PostgresVersion(int.Parse(words.Groups["major"].ValueSpan, CultureInfo.InvariantCulture), words.Groups["text"].Value)
            : null;

    /// <inheritdoc />
    public override string ToString() => Text;

    [GeneratedRegex(@"\(PostgreSQL\) (?<text>(?<major>\d{1,4})\S*)")]
    private static partial Regex Words();
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>A version as PostgreSQL's programs print it.</summary>
internal sealed partial record PostgresVersion(int Major, string Text)
{
    /// <summary>The oldest supported major version.</summary>
    public const int MinMajor = 15;

    /// <summary>Reads "postgres (PostgreSQL) 15.18 (…)"; <see langword="null"/> for anything else.</summary>
    public static PostgresVersion? Parse(string output) =>
        Pattern().Match(output) is { Success: true } match
            ? new PostgresVersion(int.Parse(match.Groups["major"].ValueSpan, CultureInfo.InvariantCulture), match.Groups["text"].Value)
            : null;

    /// <inheritdoc />
    public override string ToString() => Text;

    [GeneratedRegex(@"\(PostgreSQL\) (?<text>(?<major>\d{1,4})\S*)")]
    private static partial Regex Pattern();
}

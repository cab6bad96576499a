using System.Text.RegularExpressions;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Api.Security.Callers;

/// <summary>
/// What a key or a token grants, in words: <c>admin</c>, <c>council:metz</c>, <c>read:restricted:44</c> (contacts for partners of the councils
/// of a region). The same words everywhere: on the command line, over HTTP, in the claims of a token.
/// </summary>
internal sealed partial record GrantedScopes(bool IsAdministrator, IReadOnlyList<string> Councils, IReadOnlyList<string> Regions)
{
    public const string Administrator = "admin";
    public const string CouncilPrefix = "council:";
    public const string RegionPrefix = "read:restricted:";

    /// <summary>Whether the words grant nothing.</summary>
    public bool IsEmpty => !IsAdministrator && Councils.Count == 0 && Regions.Count == 0;

    /// <summary>The scopes of these words, and the first of them that is none.</summary>
    public static (GrantedScopes Scopes, string? Unknown) Read(IEnumerable<string> words)
    {
        var all = words.Distinct(StringComparer.Ordinal).ToList();
        return (
            new GrantedScopes(all.Contains(Administrator), After(CouncilPrefix, all), After(RegionPrefix, all)),
            all.Find(word => !IsScope(word)));
    }

    public static bool IsScope(string word) =>
        word == Administrator
        || (word.StartsWith(CouncilPrefix, StringComparison.Ordinal) && TextFormat.Of(PatternKind.CouncilCode).Fits(word[CouncilPrefix.Length..]))
        || (word.StartsWith(RegionPrefix, StringComparison.Ordinal) && RegionCode().IsMatch(word[RegionPrefix.Length..]));

    private static List<string> After(string prefix, List<string> words) =>
        [.. words.Where(word => word.StartsWith(prefix, StringComparison.Ordinal) && IsScope(word)).Select(word => word[prefix.Length..])];

    [GeneratedRegex("^[0-9]{2}$")]
    private static partial Regex RegionCode();
}

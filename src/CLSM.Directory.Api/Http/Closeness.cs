namespace CLSM.Directory.Api.Http;

/// <summary>Finds the valid word that a reader most likely meant.</summary>
internal static class Closeness
{
    /// <summary>The candidate with the smallest edit distance, ignoring case; a candidate that begins with the word wins a tie.</summary>
    public static string? Closest(string word, IEnumerable<string> candidates)
    {
        // Longer input is no near miss, and the distance costs its length times the candidate's.
        var sought = word.Length > 100 ? word[..100] : word;
        return candidates
            .OrderBy(candidate => Distance(sought.ToUpperInvariant(), candidate.ToUpperInvariant()))
            .ThenBy(candidate => candidate.StartsWith(sought, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
            .ThenBy(candidate => candidate, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private static int Distance(string left, string right)
    {
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            previous[column] = column;
        }

        for (var row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var substitution = previous[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
                current[column] = Math.Min(substitution, Math.Min(previous[column], current[column - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}

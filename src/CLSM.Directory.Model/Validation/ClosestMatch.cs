namespace CLSM.Directory.Model.Validation;

/// <summary>Finds the valid word that a reader most likely meant.</summary>
internal static class ClosestMatch
{
    private const int MaxLetters = 60;
    private const int MaxCandidates = 1000;

    /// <summary>The candidate with the smallest edit distance, ignoring case; a candidate that begins with the word wins a tie.</summary>
    public static string? Find(string word, IEnumerable<string> candidates)
    {
        // The distance costs one length times the other, for each candidate: what is longer is no near miss, what comes later is not sought.
        var sought = Beginning(word);
        return candidates
            .Take(MaxCandidates)
            .OrderBy(candidate => Distance(sought.ToUpperInvariant(), Beginning(candidate).ToUpperInvariant()))
            .ThenBy(candidate => candidate.StartsWith(sought, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
            .ThenBy(candidate => candidate, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private static string Beginning(string word) => word.Length > MaxLetters ? word[..MaxLetters] : word;

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

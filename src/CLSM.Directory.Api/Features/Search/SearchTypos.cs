namespace CLSM.Directory.Api.Features.Search;

/// <summary>Which written words a mistyped one may have been meant for.</summary>
internal static class SearchTypos
{
    private const int Most = 3;

    /// <summary>Those with the fewest slips, where they are few for the length of the word: one in four to six letters, two up to nine, three beyond.</summary>
    public static IReadOnlyList<string> Closest(string word, IEnumerable<string> candidates)
    {
        var measured = candidates.Select(candidate => (Word: candidate, Slips: Slips(word, candidate))).ToList();
        var allowed = word.Length < 4 ? 0 : word.Length <= 6 ? 1 : word.Length <= 9 ? 2 : 3;
        var least = measured.Count == 0 ? 0 : measured.Min(pair => pair.Slips);
        return least > allowed ? [] : [.. measured.Where(pair => pair.Slips == least).Select(pair => pair.Word).Distinct().Take(Most)];
    }

    /// <summary>Letters that are missing, too many, wrong, or changed places with their neighbour (optimal string alignment).</summary>
    internal static int Slips(string left, string right)
    {
        var distance = new int[left.Length + 1, right.Length + 1];
        for (var row = 0; row <= left.Length; row++)
        {
            for (var column = 0; column <= right.Length; column++)
            {
                distance[row, column] = row == 0 || column == 0
                    ? row + column
                    : Math.Min(
                        Math.Min(distance[row - 1, column], distance[row, column - 1]) + 1,
                        distance[row - 1, column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1));
                if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
                {
                    distance[row, column] = Math.Min(distance[row, column], distance[row - 2, column - 2] + 1);
                }
            }
        }

        return distance[left.Length, right.Length];
    }
}

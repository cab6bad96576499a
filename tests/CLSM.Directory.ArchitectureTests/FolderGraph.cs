namespace CLSM.Directory.ArchitectureTests;

/// <summary>Folders and the folders that they use.</summary>
internal sealed class FolderGraph(IEnumerable<(string From, string To, string Because)> uses)
{
    private readonly ILookup<string, (string To, string Because)> targets = uses
        .Where(use => use.From != use.To)
        .Distinct()
        .ToLookup(use => use.From, use => (use.To, use.Because));

    /// <summary>Each use that closes a cycle: its target reaches its source again.</summary>
    public IReadOnlyList<string> Cycles() =>
    [
        .. targets
            .SelectMany(folder => folder.Select(use => (From: folder.Key, use.To, use.Because)))
            .Where(use => Reaches(use.To, use.From))
            .Select(use => $"{use.From} -> {use.To} ({use.Because})")
            .Order(StringComparer.Ordinal),
    ];

    public IEnumerable<(string From, string To, string Because)> Uses() =>
        targets.SelectMany(folder => folder.Select(use => (folder.Key, use.To, use.Because)));

    private bool Reaches(string from, string to)
    {
        var seen = new HashSet<string> { from };
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out var folder))
        {
            if (folder == to)
            {
                return true;
            }

            foreach (var next in targets[folder].Select(use => use.To).Where(seen.Add))
            {
                open.Enqueue(next);
            }
        }

        return false;
    }
}

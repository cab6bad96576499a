namespace CLSM.Directory.Api.OpenApi;

/// <summary>What somebody wants to do: the operations are grouped by it, since a newcomer knows what they want and not how we name it.</summary>
internal sealed record TagGroup(string Name, string Description)
{
    private static readonly TagGroup Find = new("Find councils", "By place, theme, word or distance; one council, or the whole of it.");
    private static readonly TagGroup Parts = new("See what councils do and with whom", "Governance bodies, working groups, organisations, contacts and events, of one council or of all.");
    private static readonly TagGroup Places = new("Ask by territory", "Communes, EPCI, départements and regions, and which councils cover them.");
    private static readonly TagGroup Count = new("Count and compare", "Statistics, coverage, and what is missing.");
    private static readonly TagGroup Copy = new("Copy everything and stay fresh", "Exports of one instant, and every change since, in order, for ever.");
    private static readonly TagGroup Show = new("Show councils on a web site", "How partners' web sites show councils. The pages themselves begin at `/embed`.");
    private static readonly TagGroup Sheets = new("Fill in sheets", "The flat format that people fill in: check it, then import it.");
    private static readonly TagGroup Correct = new("Correct a council", "For coordinators: everything that writes, with the key of the council.");
    private static readonly TagGroup Persons = new("Protect persons", "What is held of a person and why, and how to take it back (RGPD).");
    private static readonly TagGroup Codes = new("Look up codes", "The code lists that the data uses.");
    private static readonly TagGroup Keys = new("Manage keys", "Who may write, and who may see what is restricted; for administrators.");

    /// <summary>In the order in which a newcomer meets them.</summary>
    public static IReadOnlyList<TagGroup> All { get; } = [Find, Parts, Places, Count, Copy, Show, Sheets, Correct, Persons, Codes, Keys];

    /// <summary>The purpose of an operation, by what it is about, and by whether it writes.</summary>
    public static TagGroup Of(string subject, HttpMethod method, string path) => (subject, path) switch
    {
        ("Keys", _) => Keys,
        ("Personal data", _) => Persons,
        ("Vocabularies", _) => Codes,
        ("Embedding", _) => Show,
        ("Sheets", _) => Sheets,
        ("Changes", _) => Copy,
        (_, _) when path.StartsWith("/v1/exports/", StringComparison.Ordinal) => Copy,
        (_, _) when path.StartsWith("/v1/statistics", StringComparison.Ordinal) || path.StartsWith("/v1/coverage", StringComparison.Ordinal) || path.EndsWith("/quality", StringComparison.Ordinal) => Count,
        (_, _) when path.EndsWith("/history", StringComparison.Ordinal) => Correct,
        (_, _) when method != HttpMethod.Get && !path.EndsWith("/search", StringComparison.Ordinal) => Correct,
        ("Territories", _) => Places,
        ("Councils" or "Search", _) => Find,
        _ => Parts,
    };
}

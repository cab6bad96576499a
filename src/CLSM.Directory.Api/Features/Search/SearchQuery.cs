using System.Text.Json.Serialization;

namespace CLSM.Directory.Api.Features.Search;

/// <summary>One thing that is sought: all of its words, or any of its other words, phrases and codes.</summary>
internal sealed record SearchClause
{
    public required IReadOnlyList<string> All { get; init; }

    public IReadOnlyList<string> Any { get; init; } = [];

    public IReadOnlyList<string> Phrases { get; init; } = [];

    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>Whether the last word may be the beginning of one.</summary>
    public bool Prefix { get; init; }

    /// <summary>Says only that a council is sought.</summary>
    [JsonIgnore]
    public bool MeansAnyCouncil { get; init; }
}

/// <summary>The words of a search, understood.</summary>
internal sealed record SearchQuery(IReadOnlyList<SearchClause> Clauses, IReadOnlyList<SearchCorrection> Corrections)
{
    /// <summary>Whether a hit must have everything that is sought; if not, those with most come first.</summary>
    public bool IsForAll { get; init; } = true;

    /// <summary>A name that would be just what is sought: "CLSM de Metz" is after Metz.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>The words, each once, with what is sought in the place of those that nobody wrote.</summary>
    public static SearchQuery Of(string text, IReadOnlyList<SearchCorrection> corrections)
    {
        var given = SearchWords.Of(text);
        var mended = given.Select(word => corrections.FirstOrDefault(correction => correction.Word == word)?.Sought[0] ?? word).ToList();
        var clauses = new List<SearchClause>();
        var core = new List<string>();
        for (var at = 0; at < mended.Count;)
        {
            if (SearchSynonyms.At(mended, at) is var (length, synonym))
            {
                clauses.Add(new SearchClause { All = [.. mended.Skip(at).Take(length)], Phrases = synonym.Phrases, Codes = synonym.Codes, MeansAnyCouncil = synonym.MeansAnyCouncil() });
                core.AddRange(synonym.MeansAnyCouncil() ? [] : mended.Skip(at).Take(length));
                at += length;
                continue;
            }

            var correction = corrections.FirstOrDefault(correction => correction.Word == given[at]);
            clauses.Add(new SearchClause { All = [mended[at]], Any = correction?.Sought ?? [], Prefix = at == mended.Count - 1 && correction is null });
            core.Add(mended[at]);
            at++;
        }

        var trimmed = core.SkipWhile(SearchWords.SaysNothing).Reverse().SkipWhile(SearchWords.SaysNothing).Reverse();
        return new SearchQuery(clauses, corrections)
        {
            Names = [.. new[] { string.Join(' ', mended), string.Join(' ', trimmed) }.Where(name => name.Length > 0).Distinct()],
        };
    }
}

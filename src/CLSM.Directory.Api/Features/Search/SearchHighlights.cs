using System.Text.RegularExpressions;
using CLSM.Directory.Model.Text;

namespace CLSM.Directory.Api.Features.Search;

/// <summary>Cuts the texts of a hit around what was found in them.</summary>
internal static partial class SearchHighlights
{
    private const int Most = 3;
    private const int Before = 60;
    private const int Around = 200;
    private const string Cut = "…";

    public static IReadOnlyList<SearchHighlight>? Of(SearchRow row, IReadOnlySet<string> found, SearchQuery question)
    {
        var phrases = question.Clauses.SelectMany(clause => clause.Phrases).Where(phrase => phrase.Contains(' ', StringComparison.Ordinal))
            .Select(phrase => SearchWords.Key(phrase.Split(' ')).Split(' ')).ToList();
        var codes = question.Clauses.SelectMany(clause => clause.Codes).Intersect(row.Codes).Select(code => new SearchHighlight
        {
            Member = MemberOf(code, row.Type),
            Fragments = [new SearchFragment { Text = SearchSynonyms.LabelOf(code), Found = true }],
        });
        var hidden = row.Person is { } person ? SearchWords.Of(person).ToHashSet(StringComparer.Ordinal) : [];
        SearchHighlight[] highlights =
        [
            .. row.Texts.Select(text => (text.Member, Fragments: Fragments(text.Words, Spans(text.Words, found, hidden, phrases))))
                .Where(text => text.Fragments.Count > 0)
                .Select(text => new SearchHighlight { Member = text.Member, Fragments = text.Fragments })
                .Concat(codes)
                .Take(Most),
        ];
        return highlights.Length == 0 ? null : highlights;
    }

    /// <summary>Where the words and phrases stand in a text.</summary>
    private static List<(int Start, int End)> Spans(string text, IReadOnlySet<string> found, HashSet<string> hidden, IReadOnlyList<string[]> phrases)
    {
        // Addresses and numbers are not searched; of as many letters, so that places stay the same.
        var searched = PlainText.BlankAddresses(text);
        var words = Word().Matches(searched).Select(match => (match.Index, End: match.Index + match.Length, Plain: SearchWords.Of(match.Value))).ToList();
        var spans = words.Where(word => word.Plain.Count > 0 && word.Plain.Any(plain => found.Contains(plain) && !hidden.Contains(plain))).Select(word => (word.Index, word.End)).ToList();
        var telling = words.Where(word => word.Plain is [var plain] && !SearchWords.SaysNothing(plain)).ToList();
        foreach (var phrase in phrases)
        {
            for (var at = 0; at + phrase.Length <= telling.Count; at++)
            {
                var start = at;
                if (Enumerable.Range(0, phrase.Length).All(place => SearchWords.Singular(telling[start + place].Plain[0]) == phrase[place]))
                {
                    spans.Add((telling[at].Index, telling[at + phrase.Length - 1].End));
                }
            }
        }

        // A phrase may hold words that were found by themselves.
        var merged = new List<(int Start, int End)>();
        foreach (var span in spans.Order())
        {
            if (merged.Count > 0 && span.Item1 <= merged[^1].End)
            {
                merged[^1] = (merged[^1].Start, Math.Max(merged[^1].End, span.Item2));
            }
            else
            {
                merged.Add(span);
            }
        }

        return merged;
    }

    private static List<SearchFragment> Fragments(string text, IReadOnlyList<(int Start, int End)> spans)
    {
        var fragments = new List<SearchFragment>();
        if (spans.Count == 0)
        {
            return fragments;
        }

        var start = WordStart(text, Math.Max(0, spans[0].Start - Before));
        var end = WordStart(text, Math.Min(text.Length, Math.Max(start + Around, spans[0].End)));
        Add(start == 0 ? "" : Cut, false);
        var at = start;
        foreach (var span in spans.Where(span => span.End <= end))
        {
            Add(text[at..span.Start], false);
            Add(text[span.Start..span.End], true);
            at = span.End;
        }

        Add(text[at..end], false);
        Add(end == text.Length ? "" : Cut, false);
        return fragments;

        void Add(string piece, bool isFound)
        {
            if (piece.Length > 0)
            {
                fragments.Add(new SearchFragment { Text = piece, Found = isFound });
            }
        }
    }

    /// <summary>The next place where a word begins, so that neither a word nor a pair of surrogates is cut.</summary>
    private static int WordStart(string text, int from)
    {
        var at = from;
        while (at > 0 && at < text.Length && (!char.IsWhiteSpace(text[at - 1]) || char.IsWhiteSpace(text[at])))
        {
            at++;
        }

        return at;
    }

    private static string MemberOf(string listAndCode, string type) => listAndCode.Split(':')[0] switch
    {
        "council-kinds" or "event-kinds" => "kind",
        "council-statuses" => "status",
        "audiences" => "audience",
        "framework-kinds" => "frameworks",
        "participant-categories" => type == "council" ? "participation" : "category",
        "governance-body-types" => "type",
        "organisation-roles" => "roles",
        "contact-functions" => "function",
        var list => list,
    };

    /// <summary>Letters and digits with their accents: what is between is no part of a word, be it an apostrophe of either shape or a hyphen.</summary>
    [GeneratedRegex(@"[\p{L}\p{N}\p{M}\p{Cf}]+")]
    private static partial Regex Word();
}

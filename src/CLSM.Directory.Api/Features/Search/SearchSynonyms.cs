using System.Collections.Frozen;
using CLSM.Directory.Model.Vocabularies;

namespace CLSM.Directory.Api.Features.Search;

/// <summary>What else to seek for some words: the same in other words, and the codes that mean it.</summary>
internal sealed record SearchSynonym(IReadOnlyList<string> Phrases, IReadOnlyList<string> Codes);

/// <summary>
/// The field's acronyms with their full words, and the labels of the code lists, so that "copil", "comité de pilotage" and the code
/// <c>steering-committee</c> find each other.
/// </summary>
internal static class SearchSynonyms
{
    private const string CouncilKinds = "council-kinds";

    private static readonly string[][] Acronyms =
    [
        ["clsm", "conseil local de santé mentale", "conseil local en santé mentale", "conseils locaux de santé mentale"],
        ["cosm", "conseil d’orientation en santé mentale"],
        ["cism", "conseil intercommunal de santé mentale"],
        ["copil", "comité de pilotage"],
        ["cotech", "comité technique"],
        ["sism", "semaines d’information sur la santé mentale", "semaines d’information en santé mentale", "semaine de la santé mentale"],
        ["cls", "contrat local de santé"],
        ["ptsm", "projet territorial de santé mentale"],
        ["asv", "atelier santé ville"],
        ["ars", "agence régionale de santé"],
        ["epsm", "établissement public de santé mentale"],
        ["eps", "établissement public de santé"],
        ["ch", "centre hospitalier"],
        ["chu", "centre hospitalier universitaire"],
        ["chs", "centre hospitalier spécialisé"],
        ["chru", "centre hospitalier régional universitaire"],
        ["cmp", "centre médico-psychologique"],
        ["cattp", "centre d’accueil thérapeutique à temps partiel"],
        ["gem", "groupe d’entraide mutuelle"],
        ["ccas", "centre communal d’action sociale"],
        ["cias", "centre intercommunal d’action sociale"],
        ["cpts", "communauté professionnelle territoriale de santé"],
        ["cpam", "caisse primaire d’assurance maladie"],
        ["caf", "caisse d’allocations familiales"],
        ["mdph", "maison départementale des personnes handicapées"],
        ["savs", "service d’accompagnement à la vie sociale"],
        ["samsah", "service d’accompagnement médico-social pour adultes handicapés"],
        ["unafam", "union nationale de familles et amis de personnes malades"],
        ["ireps", "instance régionale d’éducation et de promotion de la santé"],
        ["cme", "commission médicale d’établissement"],
        ["pssm", "premiers secours en santé mentale"],
        ["rps", "risques psychosociaux"],
    ];

    /// <summary>Lists whose codes entries have, and whether a label that names several things is taken apart.</summary>
    private static readonly (string List, bool IsTakenApart)[] Lists =
    [
        (CouncilKinds, false), ("council-statuses", false), ("audiences", false), ("themes", true), ("domains", false), ("framework-kinds", false),
        ("participant-categories", false), ("governance-body-types", false), ("organisation-roles", false), ("contact-functions", false), ("event-kinds", false),
    ];

    private static readonly string[] Separators = [" et ", " ou ", ", ", "(", ")"];

    private static readonly FrozenDictionary<string, SearchSynonym> ByKey = Build();

    /// <summary>The longest run of words that has synonyms, in number of words.</summary>
    private static readonly int Longest = ByKey.Keys.Max(key => key.Split(' ').Length) * 2;

    /// <summary>The longest run of words from <paramref name="start"/> that means something else too.</summary>
    public static (int Length, SearchSynonym Synonym)? At(IReadOnlyList<string> words, int start)
    {
        for (var length = Math.Min(Longest, words.Count - start); length > 0; length--)
        {
            if (!SearchWords.SaysNothing(words[start]) && !SearchWords.SaysNothing(words[start + length - 1])
                && ByKey.TryGetValue(SearchWords.Key(words.Skip(start).Take(length)), out var synonym))
            {
                return (length, synonym);
            }
        }

        return null;
    }

    /// <summary>Whether it says only that a council is sought, as "CLSM" does.</summary>
    public static bool MeansAnyCouncil(this SearchSynonym synonym) => synonym.Codes.Any(code => code.StartsWith(CouncilKinds, StringComparison.Ordinal));

    /// <summary>The label of a code that an entry has.</summary>
    public static string LabelOf(string listAndCode)
    {
        var parts = listAndCode.Split(':', 2);
        return VocabularyCatalogue.Get(parts[0]).ByCode.GetValueOrDefault(parts[1])?.Label.Fr ?? parts[1];
    }

    private static FrozenDictionary<string, SearchSynonym> Build()
    {
        var groups = new Dictionary<string, (SortedSet<string> Phrases, SortedSet<string> Codes)>(StringComparer.Ordinal);
        foreach (var (list, isTakenApart) in Lists)
        {
            foreach (var code in VocabularyCatalogue.Get(list).Codes.Where(code => code.Code != "other"))
            {
                foreach (var label in LabelsOf(code.Label.Fr, isTakenApart))
                {
                    var (_, codes) = GroupOf(label);
                    codes.Add($"{list}:{code.Code}");
                }
            }
        }

        foreach (var forms in Acronyms)
        {
            var codes = forms.SelectMany(form => GroupOf(form).Codes).ToList();
            foreach (var form in forms)
            {
                var group = GroupOf(form);
                group.Codes.UnionWith(codes);
                group.Phrases.UnionWith(forms.Select(other => string.Join(' ', SearchWords.Of(other))));
            }
        }

        return groups.ToFrozenDictionary(group => group.Key, group => new SearchSynonym([.. group.Value.Phrases], [.. group.Value.Codes]), StringComparer.Ordinal);

        (SortedSet<string> Phrases, SortedSet<string> Codes) GroupOf(string form)
        {
            var key = SearchWords.Key(SearchWords.Of(form));
            return groups.TryGetValue(key, out var group) ? group : groups[key] = ([], []);
        }
    }

    /// <summary>"Contrat local de santé (CLS)" is said in two ways; "Logement et habitat" names two things.</summary>
    private static IEnumerable<string> LabelsOf(string label, bool isTakenApart)
    {
        string[] parts = [.. label.Split(isTakenApart ? Separators : ["(", ")"], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), label];
        return parts.Select(part => part.StartsWith("En ", StringComparison.Ordinal) ? part[3..] : part).Where(part => part.Length > 2).Distinct();
    }
}

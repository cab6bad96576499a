using System.Text.RegularExpressions;
using CLSM.Directory.Model.Text;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Importing.French;

/// <summary>The organisations of one sheet, each once, recognised by name and acronym.</summary>
internal sealed partial class OrganisationNames
{
    private static readonly (string Acronym, string Words)[] Expansions =
    [
        ("ars", "agence regionale sante"), ("chu", "centre hospitalier universitaire"), ("chru", "centre hospitalier regional universitaire"), ("ch", "centre hospitalier"),
        ("epsm", "etablissement public sante mentale"), ("eps", "etablissement public sante"), ("ccas", "centre communal action sociale"), ("cias", "centre intercommunal action sociale"),
        ("cpts", "communaute professionnelle territoriale sante"), ("gem", "groupe entraide mutuelle"), ("cpam", "caisse primaire assurance maladie"), ("ght", "groupement hospitalier territoire"),
        ("cd", "conseil departemental"),
    ];

    private static readonly HashSet<string> Small = new(["de", "du", "des", "d", "la", "le", "les", "l", "et", "a", "au", "aux", "en"], StringComparer.Ordinal);

    // Words that a sheet may write with a capital without naming anybody.
    private static readonly HashSet<string> Common = new(
        ["aide", "domicile", "education", "nationale", "familles", "sante", "mentale", "sociale", "sociaux", "etat", "usagers", "aidants", "services", "associations", "acteurs", "elus", "professionnels"],
        StringComparer.Ordinal);

    // Associations that people write like common words.
    private static readonly HashSet<string> Associations = new(["unafam", "adapei", "apajh", "fnapsy", "crous", "psycom"], StringComparer.Ordinal);

    // Kinds of structures that are written as acronyms.
    private static readonly HashSet<string> Kinds = new(["gem", "chrs", "ssiad", "samsah", "savs", "ehpad", "esat", "cmp", "cattp", "csapa", "caarud", "ime", "hlm"], StringComparer.Ordinal);

    private static readonly string[] Institutions =
    [
        "conseil departemental", "conseil general", "conseil regional", "prefecture", "mairie", "ville", "metropole", "centre hospitalier", "centre communal action sociale", "centre intercommunal action sociale",
        "mission locale", "caisse", "communaute communes", "communaute agglomeration", "communaute urbaine", "agence regionale sante", "education nationale", "hopital", "universite", "groupe hospitalier", "groupement hospitalier",
        "direction", "plateforme", "maison departementale", "departement", "region", "rectorat", "crous", "syndicat mixte", "parquet", "etablissement public", "protection judiciaire", "france travail", "pole sante",
    ];

    private static readonly string[] Heads =
    [
        "ville ", "mairie ", "centre hospitalier", "ch ", "chu ", "chru ", "hopital ", "epsm ", "eps ", "ars", "agence regionale", "communaute ", "ccas", "cias", "association ", "direction ", "metropole ", "agglomeration ",
        "pole sante", "etablissement public", "conseil departemental", "conseil general", "cpts", "syndicat ", "universite ", "departement ", "groupe hospitalier", "ght ",
    ];

    private static readonly string[] People =
        ["president", "vice", "maire", "adjoint", "adjointe", "conseiller", "conseillere", "directeur", "directrice", "medecin", "elu", "elue", "psychologue", "membre", "membres", "cadre", "representant", "representante", "toute", "secretaire"];

    private readonly List<Entry> entries = [];

    public IReadOnlyList<Entry> All => entries;

    /// <summary>One organisation, with every form in which the sheet writes it.</summary>
    internal sealed class Entry(string name, string? acronym)
    {
        public string Name { get; } = name;

        public string? Acronym { get; } = acronym;

        /// <summary>What its name and acronym are compared by.</summary>
        public string[] NameKeys { get; } = [KeyOf(name), KeyOf(WithoutArticle(name))];

        public string? AcronymKey { get; } = acronym is null ? null : KeyOf(acronym);

        public SortedSet<string> Roles { get; } = new(StringComparer.Ordinal);

        public List<string> Words { get; } = [];

        /// <summary>Forms that were taken for this organisation by conclusion.</summary>
        public List<string> Merged { get; } = [];

        public OrganisationReference Reference => new() { Name = Name };
    }

    /// <summary>Whether words name an organisation: a proper name, an acronym, an institution of which a place has one. Everything else is a category.</summary>
    public static bool IsOrganisation(string text)
    {
        var outer = Split(text).Outer;
        var words = Words().Matches(outer).Select(match => match.Value).ToList();
        if (words.Count == 0 || char.IsDigit(outer[0]) || outer.Length > 300)
        {
            return false;
        }

        var key = KeyOf(outer);
        var first = PlainText.Fold(words[0]);
        if (People.Contains(first) || (words.Count == 1 && Kinds.Contains(first)))
        {
            return false;
        }

        var isNamed = words.Skip(1).Any(word => char.IsUpper(word[0]) && !Common.Contains(PlainText.Fold(word)))
            || (words[0].Length > 1 && words[0].Count(char.IsUpper) > 1)
            || words.Any(word => word.Any(char.IsDigit) && word.Any(char.IsLetter))
            || Associations.Contains(first)
            || (words.Count == 1 && char.IsUpper(words[0][0]) && FrenchVocabulary.Category(outer) is null);
        return isNamed || Array.Exists(Institutions, head => key == head || key.StartsWith(head + " ", StringComparison.Ordinal));
    }

    /// <summary>Names that are one list: "X et Y", "A, B et C". Only where each is an institution, or an organisation known already.</summary>
    public IReadOnlyList<string> SplitCarriers(string text)
    {
        var outer = Split(text).Outer;
        var both = And().Split(outer);
        if (both.Length > 1 && both.All(StartsAsInstitution))
        {
            return both;
        }

        var list = Lead().Replace(outer, "");
        string[] pieces = [.. Comma().Split(list).Select(piece => Article().Replace(piece, ""))];
        return pieces.Length > 1 && pieces.All(piece => Find(piece) is not null) ? pieces : [];
    }

    public void Add(string text, string? role)
    {
        var entry = Find(text);
        if (entry is null)
        {
            var (outer, inner) = Split(text);
            entry = new Entry(outer.Length <= 300 ? outer : outer[..300], inner is not null && IsAcronym(inner) ? inner : null);
            entries.Add(entry);
        }
        else if (!entry.Words.Contains(text) && !IsSame(entry, text))
        {
            entry.Merged.Add(text);
        }

        if (!entry.Words.Contains(text))
        {
            entry.Words.Add(text);
        }

        if (role is not null)
        {
            entry.Roles.Add(role);
        }
    }

    public Entry? Find(string text)
    {
        var (outer, inner) = Split(text);
        var keys = new[] { KeyOf(text), KeyOf(outer), KeyOf(WithoutArticle(outer)) };
        var innerKey = inner is not null && IsAcronym(inner) ? KeyOf(inner) : null;
        return entries.Find(entry => entry.NameKeys.Any(keys.Contains))
            ?? entries.Find(entry => entry.AcronymKey is { } acronym && keys.Contains(acronym))
            ?? entries.Find(entry => innerKey is not null && innerKey == entry.NameKeys[0])
            ?? (IsBare(outer) ? Only(keys[1]) : null);

        // A bare "ARS" or "centre hospitalier" is the only one of the sheet, where there is only one.
        Entry? Only(string key) => entries.Where(entry => entry.NameKeys[0].StartsWith(key + " ", StringComparison.Ordinal)).Take(2).ToList() is [var only] ? only : null;
    }

    public static bool IsBare(string text) =>
        (!text.Contains(' ', StringComparison.Ordinal) && text.Length <= 8 && text.Count(char.IsUpper) > 1)
        || KeyOf(text) is "centre hospitalier" or "conseil departemental" or "communaute communes" or "communaute agglomeration" or "hopital";

    public static (string Outer, string? Inner) Split(string text)
    {
        var match = Parenthesis().Match(text.Trim());
        return match.Success && char.IsUpper(match.Groups[1].Value.FirstOrDefault(char.IsLetter)) || (match.Success && match.Groups[1].Value.Skip(1).Any(char.IsUpper))
            ? (match.Groups[1].Value.Trim(), match.Groups[2].Value.Trim())
            : (text.Trim(), null);
    }

    public static string KeyOf(string text)
    {
        var plain = Dots().Replace(text, match => match.Value.Replace(".", "", StringComparison.Ordinal));
        return string.Join(' ', PlainText.Fold(plain).Split(' ').Where(word => !Small.Contains(word))
            .Select(word => Array.Find(Expansions, expansion => expansion.Acronym == word).Words ?? word));
    }

    private static bool IsSame(Entry entry, string text) =>
        KeyOf(text) == KeyOf(entry.Name) || KeyOf(Split(text).Outer) == KeyOf(entry.Name) || (entry.Acronym is { } acronym && KeyOf(acronym) == KeyOf(text));

    private static bool StartsAsInstitution(string text)
    {
        var key = PlainText.Fold(text) + " ";
        return Array.Exists(Heads, head => key.StartsWith(head, StringComparison.Ordinal));
    }

    private static bool IsAcronym(string text) => Acronym().IsMatch(text) && (text.Count(char.IsUpper) > 1 || text.Any(char.IsDigit));

    private static string WithoutArticle(string text) => Association().Replace(text, "");

    [GeneratedRegex(@"[\p{L}\p{Nd}]+")]
    private static partial Regex Words();

    [GeneratedRegex(@"^(.*?\S)\s*\(([^()]+)\)$", RegexOptions.Singleline)]
    private static partial Regex Parenthesis();

    [GeneratedRegex(@"^[\p{L}\p{Nd}&.\-]{2,15}$")]
    private static partial Regex Acronym();

    [GeneratedRegex(@"\b(?:\p{Lu}\.){2,}")]
    private static partial Regex Dots();

    [GeneratedRegex(@"(?<!\s)\s+(?:et|/)\s+")]
    private static partial Regex And();

    [GeneratedRegex(@"(?<!\s)\s*,\s*|(?<!\s)\s+et\s+")]
    private static partial Regex Comma();

    [GeneratedRegex(@"^.*?(?:\s:\s|\sentre\s)")]
    private static partial Regex Lead();

    [GeneratedRegex(@"^(?:l['’]|le\s|la\s|les\s)", RegexOptions.IgnoreCase)]
    private static partial Regex Article();

    [GeneratedRegex(@"^(?:l['’]|le\s|la\s|les\s)?association\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Association();
}

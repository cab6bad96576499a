using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace CLSM.Directory.Model.Vocabularies;

/// <summary>A French text with its English translation.</summary>
public sealed record Label
{
    /// <summary>French.</summary>
    public required string Fr { get; init; }

    /// <summary>English.</summary>
    public required string En { get; init; }
}

/// <summary>One code of a list.</summary>
public sealed record VocabularyCode
{
    /// <summary>The code, as it stands in the data.</summary>
    /// <example>steering-committee</example>
    public required string Code { get; init; }

    /// <summary>What people read.</summary>
    public required Label Label { get; init; }

    /// <summary>What it means, where the label does not say it all.</summary>
    public Label? Definition { get; init; }

    /// <summary>Where it comes from: a law, a standard, a sheet.</summary>
    public string? Source { get; init; }

    /// <summary>`active`, `deprecated` (still valid, no longer to be used) or `replaced` (see `replacedBy`).</summary>
    /// <example>active</example>
    public required string Status { get; init; }

    /// <summary>The code to use instead.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>The matching code of a neighbouring standard, by the name of the standard.</summary>
    public IReadOnlyDictionary<string, string>? Matches { get; init; }
}

/// <summary>A code list.</summary>
public sealed record Vocabulary
{
    /// <summary>Code of the list.</summary>
    /// <example>governance-body-types</example>
    public required string Code { get; init; }

    /// <summary>Name of the list.</summary>
    public required Label Label { get; init; }

    /// <summary>What the list is for.</summary>
    public required Label Definition { get; init; }

    /// <summary>Its codes, in order of display.</summary>
    public required IReadOnlyList<VocabularyCode> Codes { get; init; }

    [JsonIgnore]
    internal FrozenDictionary<string, VocabularyCode> ByCode => byCode ??= Codes.ToFrozenDictionary(code => code.Code, StringComparer.Ordinal);

    [JsonIgnore]
    internal IEnumerable<string> CodeWords => ByCode.Keys;

    private FrozenDictionary<string, VocabularyCode>? byCode;

    internal bool Contains(string code) => ByCode.ContainsKey(code);
}

/// <summary>All code lists.</summary>
public sealed record VocabularyList
{
    /// <summary>The lists.</summary>
    public required IReadOnlyList<Vocabulary> Vocabularies { get; init; }
}

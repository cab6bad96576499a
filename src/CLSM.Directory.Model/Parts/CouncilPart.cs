using System.Text.Json.Serialization;
using CLSM.Directory.Model.Provenance;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Model.Parts;

/// <summary>What all the parts of a council share: governance bodies, working groups, organisations, contacts and events.</summary>
public abstract record CouncilPart
{
    /// <summary>
    /// Id, given by the directory, unique in the council and never used again. In a document it says which part is meant; without it, a part is
    /// found by its type and name.
    /// </summary>
    [JsonPropertyOrder(-10)]
    public Guid? Id { get; init; }

    /// <summary>Code of the council that it belongs to; in a document, the document says it.</summary>
    /// <example>grenoble</example>
    [ReadOnlyMember, JsonPropertyOrder(-9)]
    public string? Council { get; init; }

    /// <summary>
    /// How sure each statement is, by JSON Pointer into this resource. The pointer `""` speaks for all that has no closer entry.
    /// `source` is the id of one of the council's `sources`.
    /// </summary>
    [MaxItems(1000), JsonPropertyOrder(10)]
    public EvidenceMap? Evidence { get; init; }

    /// <summary>Rises with every change to this resource.</summary>
    [ReadOnlyMember, JsonPropertyOrder(100)]
    public int? Version { get; init; }

    /// <summary>When the directory took it in.</summary>
    [ReadOnlyMember, JsonPropertyOrder(101)]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    [ReadOnlyMember, JsonPropertyOrder(102)]
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>What people call it.</summary>
    internal abstract string Title { get; }

    /// <summary>The source of the part as a whole, where the record has such a member.</summary>
    internal virtual string? SourceId => null;

    /// <summary>The postal address, where the record has one.</summary>
    internal virtual PostalAddress? PostalAddress => null;

    /// <summary>Whether everybody may see it.</summary>
    internal virtual bool IsPublic => true;

    /// <summary>By what a part without an id is recognised in its council, such as its type and name.</summary>
    internal abstract string NaturalKey { get; }

    /// <summary>The same part with each organisation reference replaced.</summary>
    internal abstract CouncilPart WithOrganisations(Func<OrganisationReference, OrganisationReference> replace);

    private protected static string KeyOf(params string?[] words) =>
        string.Join('|', words.Select(word => word?.Normalize().Trim().ToUpperInvariant()));
}

using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Model.Parts;

/// <summary>A body that governs a council: steering committee, plenary assembly, technical committee… A body that a source only names is `mentioned` in its evidence.</summary>
public sealed record GovernanceBody : CouncilPart
{
    /// <summary>Code of the list `governance-body-types`.</summary>
    /// <example>steering-committee</example>
    [Code("governance-body-types")]
    public required string Type { get; init; }

    /// <summary>Name, as the council uses it.</summary>
    /// <example>Comité de pilotage</example>
    [Text(300)]
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    [Text(10_000)]
    public string? Purpose { get; init; }

    /// <summary>Who may come. Code of the list `openness-levels`: `open`, `members`, `invitation`.</summary>
    /// <example>members</example>
    [Code("openness-levels")]
    public string? Openness { get; init; }

    /// <summary>How often it meets.</summary>
    public MeetingFrequency? MeetingFrequency { get; init; }

    /// <summary>Its posts, such as its chair, by function.</summary>
    [MaxItems(50)]
    public IReadOnlyList<Post>? Posts { get; init; }

    /// <summary>Who sits in it.</summary>
    [MaxItems(500)]
    public IReadOnlyList<CompositionEntry>? Composition { get; init; }

    internal override string Title => Name;

    internal override string NaturalKey => KeyOf(Type, Name);

    internal override CouncilPart WithOrganisations(Func<OrganisationReference, OrganisationReference> replace) => this with
    {
        Posts = Posts?.Select(post => post with { HolderOrganisation = post.HolderOrganisation is { } o ? replace(o) : null }).ToList(),
        Composition = Composition?.Select(entry => entry with { Organisation = entry.Organisation is { } o ? replace(o) : null }).ToList(),
    };
}

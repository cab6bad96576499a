using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Model.Values;

/// <summary>Who sits in a body: one organisation, or an open category of members. A category is not an organisation.</summary>
public sealed record CompositionEntry
{
    /// <summary>The member or category in the words of the source.</summary>
    /// <example>les principaux décideurs et financeurs</example>
    [Text(500)]
    public required string Label { get; init; }

    /// <summary>Code of the list `participant-categories`.</summary>
    /// <example>funders</example>
    [Code("participant-categories")]
    public string? Category { get; init; }

    /// <summary>The organisation, where the source names one.</summary>
    public OrganisationReference? Organisation { get; init; }
}

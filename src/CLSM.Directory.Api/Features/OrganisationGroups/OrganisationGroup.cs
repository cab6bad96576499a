using System.Text.Json.Serialization;
using CLSM.Directory.Model.Parts;

namespace CLSM.Directory.Api.Features.OrganisationGroups;

/// <summary>One organisation, by an official identifier, with the councils in which it sits.</summary>
public sealed record OrganisationGroup
{
    /// <summary>Scheme and value, as in `identifier`. An organisation that states two identifiers is found by each.</summary>
    public required string Identifier { get; init; }

    /// <summary>The organisation as each of its councils states it.</summary>
    public required IReadOnlyList<OrganisationSeat> Councils { get; init; }
}

/// <summary>Organisations of different councils that may be one and the same, since their names are, but for accents, case and punctuation. Nothing is merged by it.</summary>
public sealed record OrganisationCandidates
{
    /// <summary>What the names have in common.</summary>
    /// <example>association test 0001</example>
    public required string Name { get; init; }

    /// <summary>The organisations, each as its council states it.</summary>
    public required IReadOnlyList<OrganisationSeat> Councils { get; init; }
}

/// <summary>An organisation in one council.</summary>
public sealed record OrganisationSeat
{
    /// <summary>Code of the council.</summary>
    /// <example>metz</example>
    public required string Council { get; init; }

    /// <summary>Name of the council.</summary>
    public required string CouncilName { get; init; }

    /// <summary>Status of the council. Code of the list `council-statuses`.</summary>
    /// <example>active</example>
    public required string CouncilStatus { get; init; }

    /// <summary>Id of the organisation in this council.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name, as this council states it.</summary>
    public required string Name { get; init; }

    /// <summary>Code of the list `participant-categories`.</summary>
    public string? Category { get; init; }

    /// <summary>What it does in the council. Codes of the list `organisation-roles`.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Official identifiers, as this council states them.</summary>
    public OrganisationIdentifiers? Identifiers { get; init; }

    /// <summary>What of the council names it: the council itself (as founder, funder, coordination…), its bodies, groups, public contacts. Empty where nothing does.</summary>
    public required IReadOnlyList<OrganisationMention> NamedIn { get; init; }
}

/// <summary>Something that names an organisation.</summary>
public sealed record OrganisationMention
{
    /// <summary>`council`, `governance-body`, `working-group` or `contact`.</summary>
    /// <example>governance-body</example>
    public required string Type { get; init; }

    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name.</summary>
    /// <example>Comité de pilotage</example>
    public required string Name { get; init; }
}

/// <summary>A list of seats, as the database composes it.</summary>
internal sealed record OrganisationSeats
{
    [JsonPropertyName("seats")]
    public required IReadOnlyList<OrganisationSeat> All { get; init; }
}

using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Model.Parts;

/// <summary>An organisation that takes part in a council. Each council states its own; the same hospital in two councils is found by its identifiers.</summary>
public sealed record Organisation : CouncilPart
{
    /// <summary>Name, as the source writes it.</summary>
    /// <example>Centre Hospitalier Alpes-Isère</example>
    [Text(300)]
    public required string Name { get; init; }

    /// <summary>Acronym.</summary>
    /// <example>CHAI</example>
    [Text(50)]
    public string? Acronym { get; init; }

    /// <summary>What kind of organisation it is. Code of the list `participant-categories`.</summary>
    /// <example>health-establishments</example>
    [Code("participant-categories")]
    public string? Category { get; init; }

    /// <summary>Official identifiers, only where a source states them.</summary>
    public OrganisationIdentifiers? Identifiers { get; init; }

    /// <summary>What it does in the council. Codes of the list `organisation-roles`: `carrier`, `founder`, `funder`, `member`, `contributor`…</summary>
    [Code("organisation-roles"), MaxItems(20)]
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Web site.</summary>
    [WebAddress]
    public string? Website { get; init; }

    /// <summary>Postal address.</summary>
    public PostalAddress? Address { get; init; }

    internal override string Title => Name;

    internal override PostalAddress? PostalAddress => Address;

    internal override string NaturalKey => KeyOf(Name);

    internal override CouncilPart WithOrganisations(Func<OrganisationReference, OrganisationReference> replace) => this;
}

/// <summary>Official identifiers of an organisation. Check digits are verified.</summary>
public sealed record OrganisationIdentifiers
{
    /// <summary>SIREN: nine digits, Luhn.</summary>
    [Pattern(PatternKind.Siren)]
    public string? Siren { get; init; }

    /// <summary>SIRET: fourteen digits, Luhn (La Poste's own rule for its establishments).</summary>
    [Pattern(PatternKind.Siret)]
    public string? Siret { get; init; }

    /// <summary>FINESS: nine characters, Luhn, `2A` and `2B` in Corsica.</summary>
    [Pattern(PatternKind.Finess)]
    public string? Finess { get; init; }

    /// <summary>RNA of an association: `W` and nine characters. None in Bas-Rhin, Haut-Rhin and Moselle.</summary>
    [Pattern(PatternKind.Rna)]
    public string? Rna { get; init; }
}

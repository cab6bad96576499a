using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Model.Parts;

/// <summary>A working group of a council, or the class of its groups where a source speaks of "the working groups" without naming one.</summary>
public sealed record WorkingGroup : CouncilPart
{
    /// <summary>Code of the list `working-group-kinds`: `group` for one group, `class` for a class of groups.</summary>
    /// <example>class</example>
    [Code("working-group-kinds")]
    public required string Kind { get; init; }

    /// <summary>Name, as the council uses it.</summary>
    /// <example>Groupes de travail partenariaux</example>
    [Text(300)]
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    [Text(10_000)]
    public string? Purpose { get; init; }

    /// <summary>Who may come. Code of the list `openness-levels`.</summary>
    /// <example>open</example>
    [Code("openness-levels")]
    public string? Openness { get; init; }

    /// <summary>Themes. Codes of the list `themes`.</summary>
    [Code("themes"), MaxItems(50)]
    public IReadOnlyList<string>? Themes { get; init; }

    /// <summary>How many members a group usually has.</summary>
    public TypicalSize? TypicalSize { get; init; }

    /// <summary>Organisations that lead it.</summary>
    [MaxItems(50)]
    public IReadOnlyList<OrganisationReference>? Leads { get; init; }

    /// <summary>Who sits in it.</summary>
    [MaxItems(500)]
    public IReadOnlyList<CompositionEntry>? Composition { get; init; }

    /// <summary>What it produced, or produces.</summary>
    [Text(2_000), MaxItems(100)]
    public IReadOnlyList<string>? Outputs { get; init; }

    /// <summary>Code of the list `working-group-statuses`: `active`, `planned`, `suspended`, `ended`.</summary>
    /// <example>active</example>
    [Code("working-group-statuses")]
    public string? Status { get; init; }

    internal override string Title => Name;

    internal override string NaturalKey => KeyOf(Kind, Name);

    internal override CouncilPart WithOrganisations(Func<OrganisationReference, OrganisationReference> replace) => this with
    {
        Leads = Leads?.Select(replace).ToList(),
        Composition = Composition?.Select(entry => entry with { Organisation = entry.Organisation is { } o ? replace(o) : null }).ToList(),
    };
}

/// <summary>A usual number of members.</summary>
public sealed record TypicalSize
{
    /// <summary>Number of members.</summary>
    /// <example>15</example>
    [NumberRange(1, 100_000)]
    public required int Value { get; init; }

    /// <summary>How `value` is to be read. Code of the list `size-precisions`: `exact`, `average`, `circa`, `minimum`, `maximum`.</summary>
    /// <example>average</example>
    [Code("size-precisions")]
    public required string Precision { get; init; }

    /// <summary>The words of the source.</summary>
    /// <example>en moyenne une quinzaine de membres</example>
    [Text(300)]
    public string? Text { get; init; }
}

using System.Globalization;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Model.Parts;

/// <summary>An event that a council holds or takes part in, once or every year.</summary>
public sealed record CouncilEvent : CouncilPart
{
    /// <summary>Name.</summary>
    /// <example>Semaine d’Information sur la Santé Mentale (SISM)</example>
    [Text(300)]
    public required string Name { get; init; }

    /// <summary>Code of the list `event-kinds`, such as `sism` or `theme-day`.</summary>
    /// <example>sism</example>
    [Code("event-kinds")]
    public required string Kind { get; init; }

    /// <summary>Code of the list `recurrences`: `yearly`, `once`…</summary>
    [Code("recurrences")]
    public string? Recurrence { get; init; }

    /// <summary>First day, where a source gives one.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, not before the first.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Themes. Codes of the list `themes`.</summary>
    [Code("themes"), MaxItems(50)]
    public IReadOnlyList<string>? Themes { get; init; }

    internal override string Title => Name;

    internal override string NaturalKey => KeyOf(Kind, Name, From?.ToString("O", CultureInfo.InvariantCulture));

    internal override CouncilPart WithOrganisations(Func<OrganisationReference, OrganisationReference> replace) => this;
}

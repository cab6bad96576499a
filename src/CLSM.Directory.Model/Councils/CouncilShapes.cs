using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Model.Councils;

/// <summary>Another name of a council.</summary>
public sealed record CouncilAlias
{
    /// <summary>The other name.</summary>
    /// <example>CLSM de Grenoble</example>
    [Text(300)]
    public required string Name { get; init; }

    /// <summary>Code of the list `alias-kinds`: `acronym`, `former`, `usual`, `translation`.</summary>
    /// <example>usual</example>
    [Code("alias-kinds")]
    public required string Kind { get; init; }
}

/// <summary>A status and since when.</summary>
public sealed record StatusChange
{
    /// <summary>Code of the list `council-statuses`.</summary>
    /// <example>active</example>
    [Code("council-statuses")]
    public required string Status { get; init; }

    /// <summary>Since when.</summary>
    public FuzzyDate? From { get; init; }

    /// <summary>Why, in the words of the source.</summary>
    [Text(1_000)]
    public string? Reason { get; init; }
}

/// <summary>The territory of a council.</summary>
public sealed record Territory
{
    /// <summary>The territory in the words of the source.</summary>
    /// <example>agglomération messine</example>
    [Text(500)]
    public string? Label { get; init; }

    /// <summary>The parts that make it up.</summary>
    [MaxItems(1000)]
    public IReadOnlyList<TerritoryPart>? Parts { get; init; }

    /// <summary>Codes of the départements in which it lies, wholly or in part. It does not cover them: a département that is covered is one of the `parts`.</summary>
    /// <example>["38"]</example>
    [Text(3), MaxItems(20)]
    public IReadOnlyList<string>? Departments { get; init; }
}

/// <summary>One part of a territory.</summary>
public sealed record TerritoryPart
{
    /// <summary>Code of the list `territory-types`: `commune`, `municipal-arrondissement`, `associated-commune`, `epci`, `department`, `psychiatric-sector`, `quarter`, `label`.</summary>
    /// <example>commune</example>
    [Code("territory-types")]
    public required string Type { get; init; }

    /// <summary>Official code: INSEE code of a commune, SIREN of an EPCI, code of a département, number of a psychiatric sector.</summary>
    /// <example>38185</example>
    [Text(20)]
    public string? Code { get; init; }

    /// <summary>The part in the words of the source.</summary>
    /// <example>Grenoble</example>
    [Text(300)]
    public string? Label { get; init; }

    /// <summary>Since when it belongs to the council.</summary>
    public FuzzyDate? From { get; init; }

    /// <summary>Until when it belonged to the council.</summary>
    public FuzzyDate? To { get; init; }
}

/// <summary>The foundation of a council.</summary>
public sealed record Foundation
{
    /// <summary>When, as precisely as the source says.</summary>
    public FuzzyDate? Date { get; init; }

    /// <summary>Other dates that sources give for it, each in their words: they disagree with the one shown, or date another step.</summary>
    [MaxItems(50)]
    public IReadOnlyList<FuzzyDate>? OtherDates { get; init; }

    /// <summary>Who founded it.</summary>
    [MaxItems(50)]
    public IReadOnlyList<OrganisationReference>? Founders { get; init; }

    /// <summary>The founding act or the circumstances, in a few words.</summary>
    [Text(2_000)]
    public string? Text { get; init; }
}

/// <summary>An objective of a council.</summary>
public sealed record Objective
{
    /// <summary>Title, where the source has one.</summary>
    /// <example>INCLUSION DANS LA CITÉ</example>
    [Text(300)]
    public string? Title { get; init; }

    /// <summary>The objective.</summary>
    /// <example>Améliorer l’inclusion sociale des personnes en souffrance mentale ou présentant des troubles psychiques.</example>
    [Text(5_000)]
    public string? Text { get; init; }
}

/// <summary>Who may take part in a council, and how.</summary>
public sealed record Participation
{
    /// <summary>True where the source leaves its list open ("…", "etc.", "tous les acteurs").</summary>
    public bool? OpenList { get; init; }

    /// <summary>Kinds of participants.</summary>
    [MaxItems(200)]
    public IReadOnlyList<ParticipantCategory>? Categories { get; init; }

    /// <summary>Ways to take part, such as joining a working group.</summary>
    [Text(500), MaxItems(50)]
    public IReadOnlyList<string>? Ways { get; init; }
}

/// <summary>A kind of participants: an open category, not an organisation.</summary>
public sealed record ParticipantCategory
{
    /// <summary>The words of the source.</summary>
    /// <example>Bailleurs sociaux</example>
    [Text(500)]
    public required string Label { get; init; }

    /// <summary>Code of the list `participant-categories`.</summary>
    /// <example>social-landlords</example>
    [Code("participant-categories")]
    public required string Category { get; init; }
}

/// <summary>The means of a council.</summary>
public sealed record Means
{
    /// <summary>The means in a few words.</summary>
    [Text(5_000)]
    public string? Text { get; init; }

    /// <summary>Who funds it or gives staff.</summary>
    [MaxItems(100)]
    public IReadOnlyList<Funder>? Funders { get; init; }
}

/// <summary>One funder, in money or in staff.</summary>
public sealed record Funder
{
    /// <summary>The funding organisation.</summary>
    public OrganisationReference? Organisation { get; init; }

    /// <summary>Amount in euros.</summary>
    /// <example>15000</example>
    [NumberRange(0, 1_000_000_000)]
    public decimal? Amount { get; init; }

    /// <summary>Share of the whole, from 0 to 1.</summary>
    /// <example>0.5</example>
    [NumberRange(0, 1)]
    public decimal? Share { get; init; }

    /// <summary>Year of the funding.</summary>
    /// <example>2014</example>
    [NumberRange(1950, 2200)]
    public int? Year { get; init; }

    /// <summary>The funding in the words of the source.</summary>
    [Text(1_000)]
    public string? Text { get; init; }
}

/// <summary>Who coordinates a council.</summary>
public sealed record Coordination
{
    /// <summary>The organisation that employs or houses the coordination.</summary>
    public OrganisationReference? Organisation { get; init; }

    /// <summary>The chain of units in that organisation, from the widest to the closest.</summary>
    [Text(300), MaxItems(10)]
    public IReadOnlyList<string>? UnitPath { get; init; }

    /// <summary>The coordination in the words of the source.</summary>
    [Text(1_000)]
    public string? Text { get; init; }
}

/// <summary>A framework that a council is part of.</summary>
public sealed record Framework
{
    /// <summary>Code of the list `framework-kinds`: `cls` (contrat local de santé), `ptsm` (projet territorial de santé mentale), `contrat-de-ville`…</summary>
    /// <example>cls</example>
    [Code("framework-kinds")]
    public required string Kind { get; init; }

    /// <summary>The framework in the words of the source.</summary>
    [Text(500)]
    public string? Label { get; init; }

    /// <summary>Address of its text or page.</summary>
    [WebAddress]
    public string? Url { get; init; }
}

/// <summary>A link.</summary>
public sealed record Link
{
    /// <summary>What the link leads to.</summary>
    [Text(300)]
    public required string Label { get; init; }

    /// <summary>Address.</summary>
    [WebAddress]
    public required string Url { get; init; }
}

/// <summary>Words of a source that have no place in the directory yet, kept as they are.</summary>
public sealed record KeptWords
{
    /// <summary>Where they stood: JSON Pointer into the sheet.</summary>
    /// <example>/notes</example>
    [Text(500)]
    public required string Path { get; init; }

    /// <summary>The words. Words that are very long go on in the next entry of the same path.</summary>
    [Text(20_000)]
    public required string Text { get; init; }
}

/// <summary>A source of statements.</summary>
public sealed record Source
{
    /// <summary>Id of the source within the council, used in `evidence`.</summary>
    /// <example>fiche-2024</example>
    [Pattern(PatternKind.Key)]
    public required string Id { get; init; }

    /// <summary>Address of the source, where it has one.</summary>
    [WebAddress]
    public string? Url { get; init; }

    /// <summary>Title of the source.</summary>
    [Text(500)]
    public string? Title { get; init; }

    /// <summary>Who published it.</summary>
    [Text(300)]
    public string? Publisher { get; init; }

    /// <summary>Day on which the source says that it was updated.</summary>
    /// <example>2024-03-14</example>
    public DateOnly? UpdatedOn { get; init; }

    /// <summary>Day on which it was read for the directory.</summary>
    /// <example>2026-11-22</example>
    public DateOnly? RetrievedOn { get; init; }
}

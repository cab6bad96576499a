using CLSM.Directory.Model.Vocabularies;

namespace CLSM.Directory.Model.Quality;

/// <summary>What is known of a council, criterion by criterion, and what to do about the rest. The score is just the number of criteria that are met.</summary>
public sealed record QualityReport
{
    /// <summary>Code of the council.</summary>
    /// <example>grenoble</example>
    public required string Council { get; init; }

    /// <summary>Number of criteria that are met.</summary>
    /// <example>9</example>
    public required int Score { get; init; }

    /// <summary>Number of criteria.</summary>
    /// <example>11</example>
    public required int Maximum { get; init; }

    /// <summary>The day for which it is said: a source grows old without anybody changing it.</summary>
    /// <example>2026-11-22</example>
    public required DateOnly AsOf { get; init; }

    /// <summary>The criteria.</summary>
    public required IReadOnlyList<QualityCriterion> Criteria { get; init; }
}

/// <summary>One criterion.</summary>
public sealed record QualityCriterion
{
    /// <summary>Stable code of the criterion.</summary>
    /// <example>reachable-contact</example>
    public required string Code { get; init; }

    /// <summary>What is asked.</summary>
    public required Label Label { get; init; }

    /// <summary>Whether the council meets it.</summary>
    /// <example>true</example>
    public required bool Met { get; init; }

    /// <summary>What to do about it, where it is not met.</summary>
    public Label? Advice { get; init; }
}

using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Model.Values;

/// <summary>A date as precise as its source: "in 2006" stays a year, "spring 2014" stays a season.</summary>
public sealed record FuzzyDate
{
    /// <summary>ISO 8601 with reduced precision: `2006`, `2014-03`, `2014-03-21`; a season as in ISO 8601-2 (EDTF), `2014-21` for spring to `2014-24` for winter.</summary>
    /// <example>2006</example>
    [FuzzyDateFormat]
    public required string Value { get; init; }

    /// <summary>How `value` is to be read. Code of the list `date-precisions`: `day`, `month`, `season`, `year`, or `before`, `after`, `circa` the value.</summary>
    /// <example>year</example>
    [Code("date-precisions")]
    public required string Precision { get; init; }

    /// <summary>The words of the source.</summary>
    /// <example>Créé en 2006</example>
    [Text(500)]
    public string? Text { get; init; }
}

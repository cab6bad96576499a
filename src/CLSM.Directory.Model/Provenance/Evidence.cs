using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Model.Provenance;

/// <summary>How sure a statement is, and where it comes from.</summary>
public sealed record Evidence
{
    /// <summary>
    /// Code of the list `evidence-states`: `stated` (a source says it), `inferred` (concluded, see `reason`), `mentioned` (a source only
    /// names it), `not-stated` (no source says anything), `none` (a source says that there is none).
    /// </summary>
    /// <example>stated</example>
    [Code("evidence-states")]
    public required string State { get; init; }

    /// <summary>Id of one of the council's `sources`, or `council` for what the council states in the directory itself. Needed for `stated`, `mentioned` and `none`.</summary>
    /// <example>fiche-2024</example>
    [Text(100)]
    public string? Source { get; init; }

    /// <summary>Why it was concluded. Needed for `inferred`.</summary>
    [Text(1000)]
    public string? Reason { get; init; }
}

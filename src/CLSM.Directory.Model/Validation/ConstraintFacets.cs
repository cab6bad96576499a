namespace CLSM.Directory.Model.Validation;

/// <summary>What a schema says of a constraint, as data: the contract writes it, and nothing here knows OpenAPI.</summary>
internal sealed record ConstraintFacets
{
    public string? Pattern { get; init; }

    public string? Format { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    /// <summary>Code of the vocabulary that lists the values.</summary>
    public string? Vocabulary { get; init; }
}

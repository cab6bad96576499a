namespace CLSM.Directory.Model.Validation;

/// <summary>One thing that is wrong in a request.</summary>
public sealed record ProblemError
{
    /// <summary>JSON Pointer to the place in the body.</summary>
    /// <example>/governanceBodies/0/type</example>
    public string? Pointer { get; init; }

    /// <summary>Name of the query parameter or header.</summary>
    public string? Parameter { get; init; }

    /// <summary>Stable code of the error.</summary>
    /// <example>unknown-code</example>
    public required string Code { get; init; }

    /// <summary>The error in one sentence.</summary>
    public required string Detail { get; init; }

    /// <summary>The refused value.</summary>
    /// <example>steering-comittee</example>
    public string? Value { get; init; }

    /// <summary>The closest valid value.</summary>
    /// <example>steering-committee</example>
    public string? Closest { get; init; }
}

using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Web.Problems;

/// <summary>What went wrong, as RFC 9457 says (`application/problem+json`). In French, or in English with `Accept-Language: en`.</summary>
public sealed record Problem
{
    /// <summary>Address of the description of this kind of problem.</summary>
    /// <example>/problems/unknown-parameter</example>
    public required string Type { get; init; }

    /// <summary>The kind of problem in a few words.</summary>
    /// <example>Paramètre inconnu</example>
    public required string Title { get; init; }

    /// <summary>HTTP status.</summary>
    /// <example>400</example>
    public required int Status { get; init; }

    /// <summary>This problem in one sentence.</summary>
    public required string Detail { get; init; }

    /// <summary>Path of the request.</summary>
    /// <example>/v1/councils</example>
    public required string Instance { get; init; }

    /// <summary>Stable code of the kind of problem, for programs.</summary>
    /// <example>unknown-parameter</example>
    public required string Code { get; init; }

    /// <summary>Each thing that is wrong, with its place.</summary>
    [MaxItems(ValidationError.MaxErrors)]
    public IReadOnlyList<ProblemError>? Errors { get; init; }
}

using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Model.Values;

/// <summary>How often a body meets.</summary>
public sealed record MeetingFrequency
{
    /// <summary>Code of the list `frequencies`, such as `yearly` or `as-needed`.</summary>
    /// <example>yearly</example>
    [Code("frequencies")]
    public required string Code { get; init; }

    /// <summary>The frequency in the words of the source.</summary>
    /// <example>Assemblée plénière annuelle</example>
    [Text(500)]
    public string? Text { get; init; }
}

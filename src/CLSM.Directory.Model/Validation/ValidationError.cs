namespace CLSM.Directory.Model.Validation;

/// <summary>One thing wrong with a request: a code of the problem catalogue, what fills its sentence, and where it is.</summary>
internal sealed record ValidationError(string Code, IReadOnlyList<object> Arguments)
{
    /// <summary>The greatest number of errors in one problem: more would not help anybody to mend a request.</summary>
    public const int MaxErrors = 100;

    /// <summary>JSON Pointer into the body.</summary>
    public string? Pointer { get; init; }

    /// <summary>Name of the query parameter or header.</summary>
    public string? Parameter { get; init; }

    /// <summary>The refused value, where it is not personal data.</summary>
    public string? Value { get; init; }

    /// <summary>The closest valid value.</summary>
    public string? Closest { get; init; }

    public ValidationError At(string pointer) => this with { Pointer = pointer + Pointer };

    /// <summary>One segment of a JSON Pointer, escaped as RFC 6901 says.</summary>
    public static string Segment(string name) => "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}

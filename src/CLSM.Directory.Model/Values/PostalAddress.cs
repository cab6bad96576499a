using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Model.Values;

/// <summary>A postal address in France.</summary>
public sealed record PostalAddress
{
    /// <summary>Lines above the postcode, in order: addressee or unit, street.</summary>
    [Text(200), MaxItems(6)]
    public IReadOnlyList<string>? Lines { get; init; }

    /// <summary>Postcode of five digits. A CEDEX postcode is valid, though it belongs to no commune.</summary>
    /// <example>38100</example>
    [Pattern(PatternKind.Postcode)]
    public string? Postcode { get; init; }

    /// <summary>City as written on an envelope.</summary>
    /// <example>Grenoble</example>
    [Text(100)]
    public string? City { get; init; }

    /// <summary>INSEE code of the commune, which is not its postcode.</summary>
    /// <example>38185</example>
    [Pattern(PatternKind.CommuneCode)]
    public string? CommuneCode { get; init; }
}

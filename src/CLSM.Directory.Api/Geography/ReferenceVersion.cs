namespace CLSM.Directory.Api.Geography;

/// <summary>Which territorial reference is loaded.</summary>
public sealed record ReferenceVersion
{
    /// <summary>Year of the lists of communes and EPCI. Absent where whoever loaded them did not say it.</summary>
    /// <example>2026</example>
    public int? Vintage { get; init; }

    /// <summary>When it was loaded.</summary>
    public required DateTimeOffset LoadedAt { get; init; }

    /// <summary>Year of the populations (INSEE). In the reference that ships those of Mayotte are of 2017. Absent where whoever loaded them did not say it.</summary>
    /// <example>2023</example>
    public int? PopulationYear { get; init; }
}

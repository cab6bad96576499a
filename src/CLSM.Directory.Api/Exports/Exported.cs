using System.Text.Json.Serialization;

namespace CLSM.Directory.Api.Exports;

/// <summary>One resource of an export, and for a council where it is.</summary>
internal sealed record Exported<T>(T Resource, ExportedPlace? Place = null);

/// <summary>Where a council is, by the communes that it covers today.</summary>
internal sealed record ExportedPlace
{
    /// <summary>INSEE codes of the communes that it covers wholly.</summary>
    public IReadOnlyList<string>? Communes { get; init; }

    /// <summary>INSEE codes of the communes of which it covers a part.</summary>
    public IReadOnlyList<string>? PartlyCovered { get; init; }

    public IReadOnlyList<string>? Epci { get; init; }

    public IReadOnlyList<string>? Departments { get; init; }

    public IReadOnlyList<string>? Regions { get; init; }

    /// <summary>Inhabitants of the communes that it covers wholly.</summary>
    public long? Population { get; init; }

    /// <summary>Position of the most populous commune among them.</summary>
    public double? Latitude { get; init; }

    public double? Longitude { get; init; }
}

/// <summary>An export as JSON: everything that matches, of one instant.</summary>
/// <typeparam name="T">What is exported.</typeparam>
public sealed record Export<T>
{
    /// <summary>Cursor of the change feed at the same instant: follow `/v1/changes?after=` from here.</summary>
    /// <example>AAAAAAAAACp3d1vVlPZyVg</example>
    public required string ChangesCursor { get; init; }

    /// <summary>When something last changed in the directory.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The resources.</summary>
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>How many there are. It is the last member: where it is absent, the export was cut.</summary>
    /// <example>1</example>
    [JsonPropertyOrder(1)]
    public required int Total { get; init; }
}

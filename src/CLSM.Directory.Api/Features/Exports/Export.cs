using System.Text.Json.Serialization;

namespace CLSM.Directory.Api.Features.Exports;

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

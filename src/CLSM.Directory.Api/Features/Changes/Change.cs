using System.Text.Json.Serialization;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Features.Changes;

/// <summary>One entry of the change feed: what happened to one public resource.</summary>
public sealed record Change
{
    /// <summary>Place of the entry in the log; `after` goes on from here.</summary>
    /// <example>AAAAAAAAACp3d1vVlPZyVg</example>
    public required string Cursor { get; init; }

    /// <summary>When it was written to the log. The order of the log is that of its entries, not of their instants.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Code of the council at that time. A council that comes with another code was renamed, and its parts with it.</summary>
    /// <example>grenoble</example>
    public required string Council { get; init; }

    /// <summary>`council`, or what kind of part.</summary>
    /// <example>governance-body</example>
    public required string Type { get; init; }

    /// <summary>Id of the resource.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its version after the change.</summary>
    /// <example>3</example>
    public required int Version { get; init; }

    /// <summary>
    /// What the public saw: `created` also where something became public, `removed` also where it no longer is. With `region`, also what came
    /// into the region or left it with its council.
    /// </summary>
    /// <example>updated</example>
    public required string Operation { get; init; }

    /// <summary>
    /// Why it was removed. Of a council that is updated: `merged` or `closed`, where that is what happened to it. `moved` where a council
    /// entered or left the region.
    /// </summary>
    /// <example>duplicate</example>
    [Code("removal-reasons")]
    public string? Reason { get; init; }

    /// <summary>Codes of the councils that a merged council leads to.</summary>
    [MaxItems(100)]
    public IReadOnlyList<string>? Successors { get; init; }

    /// <summary>
    /// Where to read it now; absent where it was removed. A merged council's own address leads to its successor, so this is its document, where
    /// it can still be read.
    /// </summary>
    /// <example>/v1/councils/grenoble</example>
    public string? Href { get; init; }
}

/// <summary>Where a page of the feed stands.</summary>
public sealed record ChangePageInformation
{
    /// <summary>How many entries a page has at most (`limit`).</summary>
    /// <example>50</example>
    public required int Size { get; init; }

    /// <summary>The `after` of the next page; null where there is nothing further for now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Next { get; init; }

    /// <summary>
    /// The `after` to come back with, always there: behind everything that this answer has taken into account, whether or not it matched.
    /// </summary>
    /// <example>AAAAAAAAACp3d1vVlPZyVg</example>
    public required string After { get; init; }
}

/// <summary>A page of the change feed.</summary>
public sealed record ChangePage
{
    /// <summary>The entries, in the order in which they were committed.</summary>
    public required IReadOnlyList<Change> Items { get; init; }

    /// <summary>Where this page stands.</summary>
    [JsonPropertyName("page")]
    public required ChangePageInformation Information { get; init; }
}

/// <summary>The end of the log.</summary>
public sealed record LatestChange
{
    /// <summary>The `after` that leaves out everything so far.</summary>
    /// <example>AAAAAAAAACp3d1vVlPZyVg</example>
    public required string Cursor { get; init; }

    /// <summary>When something last changed.</summary>
    public required DateTimeOffset At { get; init; }
}

using System.Text.Json;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Features.History;

/// <summary>One thing that was written: who, when, from which request, and the thing as it was before and after.</summary>
public sealed record HistoryEntry
{
    /// <summary>The version of the council that the write led to; `at` takes it. What was written at once shares it.</summary>
    /// <example>2</example>
    public required int Version { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// Who: `key:` and the id of the key, `subject:` with the issuer and the subject of the token, `program` for what the directory does by itself,
    /// `sql:` and a role of the database for a repair.
    /// </summary>
    /// <example>key:019ab2f4-5c00-7a3e-9b1d-2f6f0c8e4d57</example>
    public required string By { get; init; }

    /// <summary>Id of the request; absent where it was none.</summary>
    /// <example>0HNQ7L2V3K8TC:00000001</example>
    public string? Request { get; init; }

    /// <summary>`council`, or what kind of part.</summary>
    /// <example>contact</example>
    public required string Type { get; init; }

    /// <summary>Id of the resource.</summary>
    public required Guid Id { get; init; }

    /// <summary>`created`, `updated` or `removed`.</summary>
    /// <example>updated</example>
    public required string Operation { get; init; }

    /// <summary>Why it was removed, where that was said.</summary>
    [Code("removal-reasons")]
    public string? Reason { get; init; }

    /// <summary>The resource before, without its parts; absent where it was created, or erased since.</summary>
    public JsonElement? Before { get; init; }

    /// <summary>The resource after, without its parts; absent where it was removed, or erased since.</summary>
    public JsonElement? After { get; init; }

    /// <summary>When personal values were erased from this entry, after an objection.</summary>
    public DateTimeOffset? ErasedAt { get; init; }
}

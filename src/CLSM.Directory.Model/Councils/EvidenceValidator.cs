using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CLSM.Directory.Model.Json;
using CLSM.Directory.Model.Provenance;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Model.Councils;

/// <summary>
/// Evidence must speak of what is there: a pointer to something stated leads to a value, one to something not stated leads to none, and the
/// source that it names is one of the council's.
/// </summary>
internal static class EvidenceValidator
{
    /// <summary>Members by which an element of a list is known, in this order; a part of a territory by its type with its code or label.</summary>
    private static readonly string[] KeyMembers = ["id", "key", "function", "kind", "code", "title", "name", "label", "url", "status", "text"];

    public static IEnumerable<ValidationError> Check<T>(T resource, JsonTypeInfo<T> record, IReadOnlyDictionary<string, Evidence>? evidence, IReadOnlySet<string> sources)
    {
        if (evidence is null)
        {
            yield break;
        }

        var value = JsonSerializer.SerializeToElement(resource, record);

        // The evidence of a council may also speak of its parts, such as events that no source states.
        var isCouncil = typeof(T) == typeof(Council);
        var members = JsonShapeValidator.MemberNames(isCouncil ? ModelJsonContext.Instance.CouncilDocument : record);
        IReadOnlyList<string> parts = isCouncil ? [.. members.Except(JsonShapeValidator.MemberNames(record))] : [];
        foreach (var (pointer, entry) in evidence)
        {
            var place = "/evidence" + ValidationError.Segment(pointer);
            if (pointer.Length > 0 && pointer[0] != '/')
            {
                yield return new ValidationError("malformed-pointer", [pointer]) { Pointer = place };
                continue;
            }

            if (pointer.Length > 0 && JsonPointer.Unescape(pointer.Split('/')[1]) is var member && !members.Contains(member))
            {
                yield return new ValidationError("unknown-property", [member]) { Pointer = place, Closest = ClosestMatch.Find(member, members) is { } meant ? ValidationError.Segment(meant) : null };
                continue;
            }

            if (SourceProblem(entry, sources) is { } problem)
            {
                yield return problem.At(place);
            }

            // Parts come and go by themselves: what a source says of their list stays true of the source.
            if (pointer.Length > 0 && parts.Contains(JsonPointer.Unescape(pointer.Split('/')[1])))
            {
                continue;
            }

            var found = Find(value, pointer);
            if (entry.State is "stated" or "inferred" or "mentioned" && found is null)
            {
                yield return new ValidationError("evidence-without-statement", [pointer, entry.State]) { Pointer = place, Closest = ClosestPointer(value, pointer) };
            }
            else if (entry.State is "not-stated" or "none" && found is not null)
            {
                yield return new ValidationError("statement-without-evidence", [pointer, entry.State]) { Pointer = place };
            }
        }
    }

    private static ValidationError? SourceProblem(Evidence entry, IReadOnlySet<string> sources) =>
        entry is { State: "inferred", Reason: null } ? new ValidationError("reason-needed", []) { Pointer = "/reason" }
        : entry is { State: "stated" or "mentioned" or "none", Source: null } ? new ValidationError("source-needed", [entry.State]) { Pointer = "/source" }
        : entry.Source is { } source && source != EvidencePatch.CouncilItself && !sources.Contains(source)
            ? new ValidationError("unknown-source", [source]) { Pointer = "/source", Value = source, Closest = ClosestMatch.Find(source, sources) }
        : null;

    private static JsonElement? Find(JsonElement value, string pointer)
    {
        JsonElement? at = value;
        foreach (var segment in pointer.Split('/').Skip(1).Select(JsonPointer.Unescape))
        {
            at = Step(at.Value, segment);
            if (at is null)
            {
                return null;
            }
        }

        return at;
    }

    private static JsonElement? Step(JsonElement at, string segment) => at.ValueKind switch
    {
        JsonValueKind.Object => at.TryGetProperty(segment, out var member) ? member : null,
        JsonValueKind.Array => at.EnumerateArray().Select(item => (JsonElement?)item).FirstOrDefault(item => KeysOf(item!.Value).Contains(segment)),
        _ => null,
    };

    /// <summary>The names by which an element of a list may be called, the best one first.</summary>
    private static IEnumerable<string> KeysOf(JsonElement item)
    {
        if (item.ValueKind is not JsonValueKind.Object)
        {
            yield return item.ValueKind is JsonValueKind.String ? item.GetString()! : item.GetRawText();
            yield break;
        }

        if (item.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String)
        {
            foreach (var name in new[] { "code", "label" })
            {
                if (item.TryGetProperty(name, out var value))
                {
                    yield return $"{type.GetString()}:{value.GetString()}";
                }
            }
        }

        foreach (var name in KeyMembers)
        {
            if (item.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String)
            {
                yield return value.GetString()!;
            }
        }

        // A funder or a member of a body is known by its organisation.
        if (item.TryGetProperty("organisation", out var organisation) && organisation.TryGetProperty("name", out var organisationName))
        {
            yield return organisationName.GetString()!;
        }
    }

    private static string? ClosestPointer(JsonElement value, string pointer)
    {
        var cut = pointer.LastIndexOf('/');
        if (cut < 0 || Find(value, pointer[..cut]) is not { } parent)
        {
            return null;
        }

        var names = parent.ValueKind switch
        {
            JsonValueKind.Object => parent.EnumerateObject().Select(member => member.Name),
            JsonValueKind.Array => parent.EnumerateArray().Select(item => KeysOf(item).FirstOrDefault()).OfType<string>(),
            _ => [],
        };
        return ClosestMatch.Find(JsonPointer.Unescape(pointer[(cut + 1)..]), names) is { } closest ? pointer[..cut] + ValidationError.Segment(closest) : null;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using CLSM.Directory.Model.Json;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Model.Provenance;

/// <summary>
/// A merge patch on a resource with evidence. The evidence of a value speaks of that value: where a patch changes a member and says nothing
/// of its evidence, the former evidence goes, and the new value is stated by the council itself.
/// </summary>
internal static class EvidencePatch
{
    /// <summary>The source of what a council states in the directory directly; it needs no entry in <c>sources</c>.</summary>
    public const string CouncilItself = "council";

    private const string Member = "evidence";

    public static JsonElement Apply(JsonElement target, JsonElement patch)
    {
        var merged = MergePatch.Apply(target, patch);
        if (patch.ValueKind is not JsonValueKind.Object || merged.ValueKind is not JsonValueKind.Object
            || !merged.TryGetProperty(Member, out var present) || present.ValueKind is not JsonValueKind.Object)
        {
            return merged;
        }

        var evidence = JsonObject.Create(present)!;
        var stated = patch.TryGetProperty(Member, out var given) && given.ValueKind is JsonValueKind.Object
            ? given.EnumerateObject().Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal)
            : [];
        foreach (var member in patch.EnumerateObject().Where(member => member.Name != Member && IsChanged(target, merged, member.Name)))
        {
            var pointer = ValidationError.Segment(member.Name);
            foreach (var former in evidence.Select(entry => entry.Key).Where(key => (key == pointer || key.StartsWith(pointer + "/", StringComparison.Ordinal)) && !stated.Contains(key)).ToList())
            {
                evidence.Remove(former);
            }

            if (merged.TryGetProperty(member.Name, out _) && !stated.Contains(pointer))
            {
                evidence[pointer] = new JsonObject { ["state"] = "stated", ["source"] = CouncilItself };
            }
        }

        var whole = JsonObject.Create(merged)!;
        whole[Member] = evidence;
        using var document = JsonDocument.Parse(whole.ToJsonString());
        return document.RootElement.Clone();
    }

    private static bool IsChanged(JsonElement before, JsonElement after, string member)
    {
        var was = before.TryGetProperty(member, out var former);
        var isNow = after.TryGetProperty(member, out var present);
        return was != isNow || (was && !JsonElement.DeepEquals(former, present));
    }
}

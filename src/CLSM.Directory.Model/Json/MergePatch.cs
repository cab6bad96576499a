using System.Text.Json;
using System.Text.Json.Nodes;

namespace CLSM.Directory.Model.Json;

/// <summary>JSON Merge Patch (RFC 7396).</summary>
internal static class MergePatch
{
    public static JsonElement Apply(JsonElement target, JsonElement patch)
    {
        var merged = Merge(JsonNode.Parse(target.GetRawText()), JsonNode.Parse(patch.GetRawText()));
        using var document = JsonDocument.Parse(merged?.ToJsonString() ?? "null");
        return document.RootElement.Clone();
    }

    private static JsonNode? Merge(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        var merged = target is JsonObject existing ? (JsonObject)existing.DeepClone() : [];
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                merged.Remove(name);
            }
            else
            {
                merged[name] = Merge(merged[name], value);
            }
        }

        return merged;
    }
}

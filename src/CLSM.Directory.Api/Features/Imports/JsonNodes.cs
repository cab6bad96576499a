using System.Text.Json;
using System.Text.Json.Nodes;
using CLSM.Directory.Model.Councils;

namespace CLSM.Directory.Api.Features.Imports;

/// <summary>Statements as JSON, without what the directory adds to them.</summary>
internal static class JsonNodes
{
    private static readonly HashSet<string> Own = new(["id", "council", "version", "createdAt", "updatedAt"], StringComparer.Ordinal);

    public static JsonObject Plain(object statement)
    {
        var node = JsonSerializer.SerializeToNode(statement, ModelJsonContext.Instance.Options.GetTypeInfo(statement.GetType()))!.AsObject();
        foreach (var name in Own)
        {
            node.Remove(name);
        }

        Strip(node);
        return node;
    }

    public static bool Same(JsonNode? left, JsonNode? right) => JsonNode.DeepEquals(left, right);

    /// <summary>A reference is its name: the id was given by the directory.</summary>
    private static void Strip(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject value:
                if (value.Count == 2 && value.ContainsKey("id") && value.ContainsKey("name"))
                {
                    value.Remove("id");
                }

                foreach (var member in value.ToList())
                {
                    Strip(member.Value);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Strip(item);
                }

                break;
        }
    }
}

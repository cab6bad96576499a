using System.Text.Json.Serialization;
using CLSM.Directory.Model.Json;

namespace CLSM.Directory.Api.Features.History;

/// <summary>JSON metadata of the history of a council.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(HistoryEntry))]
internal sealed partial class HistoryJsonContext : JsonSerializerContext
{
    public static HistoryJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

using System.Text.Json.Serialization;
using CLSM.Directory.Api.Model.Json;

namespace CLSM.Directory.Api.Embedding;

/// <summary>JSON metadata of the oEmbed answers.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Oembed))]
internal sealed partial class EmbeddingJsonContext : JsonSerializerContext
{
    public static EmbeddingJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

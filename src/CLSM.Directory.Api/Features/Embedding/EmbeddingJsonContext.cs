using System.Text.Json.Serialization;
using CLSM.Directory.Model.Json;

namespace CLSM.Directory.Api.Features.Embedding;

/// <summary>JSON metadata of the oEmbed answers.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Oembed))]
internal sealed partial class EmbeddingJsonContext : JsonSerializerContext
{
    public static EmbeddingJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

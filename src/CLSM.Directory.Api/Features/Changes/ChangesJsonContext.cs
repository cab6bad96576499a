using System.Text.Json.Serialization;
using CLSM.Directory.Model.Json;

namespace CLSM.Directory.Api.Features.Changes;

/// <summary>JSON metadata of the change feed.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ChangePage))]
[JsonSerializable(typeof(LatestChange))]
internal sealed partial class ChangesJsonContext : JsonSerializerContext
{
    public static ChangesJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

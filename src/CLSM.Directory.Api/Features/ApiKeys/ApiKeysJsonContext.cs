using System.Text.Json.Serialization;
using CLSM.Directory.Model.Json;

namespace CLSM.Directory.Api.Features.ApiKeys;

/// <summary>JSON metadata of the keys.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(NewKey))]
[JsonSerializable(typeof(Key))]
internal sealed partial class ApiKeysJsonContext : JsonSerializerContext
{
    public static ApiKeysJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

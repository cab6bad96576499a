using System.Text.Json.Serialization;
using CLSM.Directory.Model.Json;

namespace CLSM.Directory.Api.Geography;

/// <summary>JSON metadata of the territorial reference.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Commune))]
[JsonSerializable(typeof(Epci))]
[JsonSerializable(typeof(Department))]
[JsonSerializable(typeof(Region))]
internal sealed partial class GeographyJsonContext : JsonSerializerContext
{
    public static GeographyJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

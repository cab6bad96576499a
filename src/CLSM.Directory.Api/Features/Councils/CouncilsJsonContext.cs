using System.Text.Json.Serialization;
using CLSM.Directory.Model.Json;

namespace CLSM.Directory.Api.Features.Councils;

/// <summary>JSON metadata of the rows of a council and its parts.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(List<CouncilResource>))]
internal sealed partial class CouncilsJsonContext : JsonSerializerContext
{
    public static CouncilsJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

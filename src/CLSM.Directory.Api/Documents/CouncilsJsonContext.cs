using System.Text.Json.Serialization;
using CLSM.Directory.Api.Model.Json;

namespace CLSM.Directory.Api.Documents;

/// <summary>JSON metadata of the rows of a council, as the database gathers them.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(List<DocumentPart>))]
internal sealed partial class CouncilsJsonContext : JsonSerializerContext
{
    public static CouncilsJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

using System.Text.Json;
using System.Text.Json.Serialization;
using CLSM.Directory.Model.Json;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Model.Councils;

/// <summary>JSON metadata of a council, its parts and its document.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Council))]
[JsonSerializable(typeof(CouncilDocument))]
[JsonSerializable(typeof(GovernanceBody))]
[JsonSerializable(typeof(WorkingGroup))]
[JsonSerializable(typeof(Organisation))]
[JsonSerializable(typeof(Contact))]
[JsonSerializable(typeof(CouncilEvent))]
[JsonSerializable(typeof(OrganisationReference))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ModelJsonContext : JsonSerializerContext
{
    public static ModelJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

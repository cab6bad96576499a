using System.Text.Json;
using System.Text.Json.Serialization;
using CLSM.Directory.Api.Contacts;
using CLSM.Directory.Api.Councils;
using CLSM.Directory.Api.Documents;
using CLSM.Directory.Api.Events;
using CLSM.Directory.Api.GovernanceBodies;
using CLSM.Directory.Api.Organisations;
using CLSM.Directory.Api.Statements;
using CLSM.Directory.Api.WorkingGroups;

namespace CLSM.Directory.Api.Model.Json;

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

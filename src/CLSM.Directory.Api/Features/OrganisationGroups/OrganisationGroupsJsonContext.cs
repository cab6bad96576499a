using System.Text.Json.Serialization;
using CLSM.Directory.Model.Json;

namespace CLSM.Directory.Api.Features.OrganisationGroups;

/// <summary>JSON metadata of organisations that sit in several councils.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(OrganisationGroup))]
[JsonSerializable(typeof(OrganisationCandidates))]
[JsonSerializable(typeof(OrganisationSeats))]
internal sealed partial class OrganisationGroupsJsonContext : JsonSerializerContext
{
    public static OrganisationGroupsJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

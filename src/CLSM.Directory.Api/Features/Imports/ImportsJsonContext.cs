using System.Text.Json.Serialization;
using CLSM.Directory.Importing;
using CLSM.Directory.Model.Json;

namespace CLSM.Directory.Api.Features.Imports;

/// <summary>JSON metadata of the report on imported sheets.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ImportReport))]
internal sealed partial class ImportsJsonContext : JsonSerializerContext
{
    public static ImportsJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

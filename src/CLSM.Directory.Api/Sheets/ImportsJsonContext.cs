using System.Text.Json.Serialization;
using CLSM.Directory.Api.Importing;
using CLSM.Directory.Api.Model.Json;

namespace CLSM.Directory.Api.Sheets;

/// <summary>JSON metadata of the report on imported sheets.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ImportReport))]
internal sealed partial class ImportsJsonContext : JsonSerializerContext
{
    public static ImportsJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

using System.Text.Json.Serialization;
using CLSM.Directory.Api.Web.Files;
using CLSM.Directory.Model.Json;

namespace CLSM.Directory.Api.Features.Exports;

/// <summary>JSON metadata of where an exported council is.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ExportedPlace))]
internal sealed partial class ExportsJsonContext : JsonSerializerContext
{
    public static ExportsJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

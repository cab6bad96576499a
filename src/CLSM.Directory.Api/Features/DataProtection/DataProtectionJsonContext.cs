using System.Text.Json.Serialization;
using CLSM.Directory.Model.Json;

namespace CLSM.Directory.Api.Features.DataProtection;

/// <summary>JSON metadata of objections and of the record of processing.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Objection))]
[JsonSerializable(typeof(Processing))]
internal sealed partial class DataProtectionJsonContext : JsonSerializerContext
{
    public static DataProtectionJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

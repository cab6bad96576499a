using System.Text.Json.Serialization;
using CLSM.Directory.Model.Json;

namespace CLSM.Directory.Model.Quality;

/// <summary>JSON metadata of the quality of a council's data.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(QualityReport))]
internal sealed partial class QualityJsonContext : JsonSerializerContext
{
    public static QualityJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

using System.Text.Json.Serialization;
using CLSM.Directory.Model.Json;

namespace CLSM.Directory.Api.Features.Statistics;

/// <summary>JSON metadata of the statistics.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Statistics))]
internal sealed partial class StatisticsJsonContext : JsonSerializerContext
{
    public static StatisticsJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

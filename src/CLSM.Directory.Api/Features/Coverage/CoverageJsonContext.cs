using System.Text.Json.Serialization;
using CLSM.Directory.Model.Json;

namespace CLSM.Directory.Api.Features.Coverage;

/// <summary>JSON metadata of the coverage reports.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(CoverageReport))]
[JsonSerializable(typeof(CommuneCoverage))]
internal sealed partial class CoverageJsonContext : JsonSerializerContext
{
    public static CoverageJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

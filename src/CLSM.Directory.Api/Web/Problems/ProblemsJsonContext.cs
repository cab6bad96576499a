using System.Text.Json.Serialization;
using CLSM.Directory.Model.Json;

namespace CLSM.Directory.Api.Web.Problems;

/// <summary>JSON metadata of problems.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemsJsonContext : JsonSerializerContext
{
    public static ProblemsJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

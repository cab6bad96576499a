using System.Text.Json.Serialization;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Model.Json;
using CLSM.Directory.Api.Web.Paging;

namespace CLSM.Directory.Api.Web.Json;

/// <summary>JSON metadata of what every answer shares: problems and where a page stands.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(PageInformation))]
internal sealed partial class WebJsonContext : JsonSerializerContext
{
    public static WebJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

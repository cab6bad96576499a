using System.Text.Json.Serialization;
using CLSM.Directory.Model.Json;

namespace CLSM.Directory.Api.Web.Paging;

/// <summary>JSON metadata of where a page stands in its list.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PageInformation))]
internal sealed partial class PagingJsonContext : JsonSerializerContext
{
    public static PagingJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

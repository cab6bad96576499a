using System.Text.Json.Serialization;
using CLSM.Directory.Model.Json;

namespace CLSM.Directory.Api.Features.Search;

/// <summary>JSON metadata of the search.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SearchAnswer))]
[JsonSerializable(typeof(SearchRows))]
[JsonSerializable(typeof(SearchCursorWords))]
[JsonSerializable(typeof(IReadOnlyList<SearchClause>))]
internal sealed partial class SearchJsonContext : JsonSerializerContext
{
    public static SearchJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

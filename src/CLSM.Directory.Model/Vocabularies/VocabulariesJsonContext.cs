using System.Text.Json.Serialization;
using CLSM.Directory.Model.Json;

namespace CLSM.Directory.Model.Vocabularies;

/// <summary>JSON metadata of the code lists.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(VocabularyList))]
internal sealed partial class VocabulariesJsonContext : JsonSerializerContext
{
    public static VocabulariesJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

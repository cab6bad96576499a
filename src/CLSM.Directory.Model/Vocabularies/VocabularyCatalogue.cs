using System.Collections.Frozen;
using System.Text.Json;

namespace CLSM.Directory.Model.Vocabularies;

/// <summary>The code lists that ship with the product, read once.</summary>
internal static class VocabularyCatalogue
{
    public static readonly VocabularyList All = Read();

    private static readonly FrozenDictionary<string, Vocabulary> ByCode =
        All.Vocabularies.ToFrozenDictionary(list => list.Code, StringComparer.Ordinal);

    public static Vocabulary Get(string code) => ByCode[code];

    public static Vocabulary? Find(string code) => ByCode.GetValueOrDefault(code);

    private static VocabularyList Read()
    {
        using var stream = typeof(VocabularyCatalogue).Assembly.GetManifestResourceStream("CLSM.Directory.Model.Vocabularies.vocabularies.json")!;
        return JsonSerializer.Deserialize(stream, VocabulariesJsonContext.Instance.VocabularyList)!;
    }
}

using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Persistence;

namespace CLSM.Directory.Api.Queries;

/// <summary>
/// What is asked of the national collections: the words of a request, checked, and what the database made of them. It filters any number of
/// collections: lists, searches, exports and statistics ask in the same words.
/// </summary>
internal sealed record CouncilFilterQuery(QueryValues Values, PublishedDbContext Database)
{
    /// <summary>What the database means by the values of a word: ids of councils, current codes of communes.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Meanings { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The values of a word as the database means them.</summary>
    public IReadOnlyList<string> Meant(string word) => Meanings.GetValueOrDefault(word) ?? [];
}

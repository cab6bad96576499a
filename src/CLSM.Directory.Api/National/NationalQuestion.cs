using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Persistence;

namespace CLSM.Directory.Api.National;

/// <summary>
/// What is asked of the national collections: the words of a request, checked, and what the database made of them. It filters any number of
/// collections: lists, searches, exports and statistics ask in the same words.
/// </summary>
internal sealed record NationalQuestion(QueryValues Values, PublishedDbContext Database)
{
    /// <summary>The councils that <c>council</c> names, by their present or former codes.</summary>
    public IReadOnlyList<Guid> Councils { get; init; } = [];
}

using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Web.Parameters;

namespace CLSM.Directory.Api.Queries;

/// <summary>
/// The filters of a request, checked and resolved in the database. They apply to any number of collections: lists, searches, exports and
/// statistics share them.
/// </summary>
internal sealed record CouncilFilterQuery(ParsedQuery Values, PublishedDbContext Database)
{
    /// <summary>What the values of a parameter stand for: ids of councils, current codes of communes.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ResolvedValues { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The resolved values of a parameter.</summary>
    public IReadOnlyList<string> Resolved(string parameter) => ResolvedValues.GetValueOrDefault(parameter) ?? [];
}

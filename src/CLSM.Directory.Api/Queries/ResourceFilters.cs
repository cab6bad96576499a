using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Text;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Queries;

/// <summary>The words that every resource has itself: when it changed, the words of its texts, and what no source states of it.</summary>
internal static class ResourceFilters
{
    private const string Missing = "missing";
    private const int MaxLetters = 200;

    /// <summary>Members of a council that a sheet can state, and one level more where a source often states only half.</summary>
    public static readonly IReadOnlyList<string> OptionalCouncilMembers =
    [
        "shortName", "audience", "aliases", "statusHistory", "territory", "territory.parts", "foundation", "foundation.date", "foundation.founders", "purpose", "objectives",
        "principles", "methods", "domains", "themes", "participation", "means", "means.funders", "posts", "coordination", "coordination.organisation", "frameworks",
        "website", "links", "sources", .. CouncilDocument.PartMembers,
    ];

    public static IEnumerable<NationalFilter<CouncilRow>> OfCouncils { get; } =
    [
        UpdatedSince<CouncilRow>(),
        new(Words("name, short and other names, territory, purpose and objectives"), (rows, _, values) =>
        {
            var query = SearchColumns.Query(values[0]);
            return rows.Where(row => SearchColumns.HasWords(row.Id, query));
        }),
        new(MissingOf(OptionalCouncilMembers), (rows, query, values) =>
        {
            var councils = Lacking(query.Database, values);
            return rows.Where(row => councils.Contains(row.Id));
        }),
    ];

    public static IEnumerable<NationalFilter<TRow>> OfParts<TRow>(IReadOnlyList<string> optionalMembers)
        where TRow : PartRow =>
    [
        UpdatedSince<TRow>(),
        new(Words("name and its other texts"), (rows, _, values) =>
        {
            var query = SearchColumns.Query(values[0]);
            return rows.Where(row => SearchColumns.HasWords(row.Id, query));
        }),
        new(MissingOf(optionalMembers), (rows, _, values) =>
        {
            string[] members = [.. values];
            return rows.Where(row => SearchColumns.Misses(row.Id, members));
        }),
    ];

    private static NationalFilter<TRow> UpdatedSince<TRow>()
        where TRow : ResourceRow =>
        new(UpdatedSinceFilter.Parameter, (rows, query, _) => UpdatedSinceFilter.Apply(rows, query.Values));

    private static TextParameter Words(string where) =>
        new("q", MaxLetters, $"Only those with all of these words, or words that begin so, in their {where}. Accents, case and signs do not matter.")
        {
            Rule = text => PlainText.Words(text, PlainTextOptions.LatinOnly).Count == 0 ? new ValidationError("no-word", [text]) { Value = text } : null,
        };

    private static ChoiceParameter MissingOf(IReadOnlyList<string> members) =>
        new(Missing, members, null, "Only those of which no source states one of these members. What a source states as none (evidence `none`) is not missing.") { IsList = true };

    /// <summary>
    /// The councils of which a member is not stated. Their parts are asked for as the public sees them: a council whose only contact is
    /// restricted misses its contacts here, since nothing may tell that it has one.
    /// </summary>
    private static IQueryable<Guid> Lacking(PublishedDbContext database, IReadOnlyList<string> members)
    {
        var own = members.Except(CouncilDocument.PartMembers).ToList();
        var queries = database.Parts.All.Where(table => table.DocumentMember is { } member && members.Contains(member)).Select(table =>
        {
            var member = table.DocumentMember!;
            var parts = table.Rows(database);
            return database.Facets
                .Where(facet => facet.Name == Missing && facet.Value == member && !parts.Any(part => part.CouncilId == facet.CouncilId))
                .Select(facet => facet.CouncilId);
        }).ToList();
        if (own.Count > 0)
        {
            queries.Add(database.Facets.Where(facet => facet.Name == Missing && own.Contains(facet.Value)).Select(facet => facet.CouncilId));
        }

        return queries.Aggregate((left, right) => left.Concat(right));
    }
}

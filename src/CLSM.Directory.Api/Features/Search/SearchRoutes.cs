using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Results;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Vocabularies;

namespace CLSM.Directory.Api.Features.Search;

/// <summary>Search over councils and all that they contain: <c>/v1/search</c>.</summary>
internal static class SearchRoutes
{
    private const string CouncilType = "council";

    private const string TypeName = "type";

    private static readonly QueryParameter Words = new TextParameter("q", 300, "What is sought, in any words: accents, case, apostrophes and hyphens do not matter, nor do endings. Acronyms and full words find each other, the last word may be half typed, and typing errors are mended where nothing is written so.")
    {
        IsRequired = true,
        Example = "comité de pilotage Grenoble",
        Rule = value => IsUnicode(value) ? null : new ValidationError("invalid-text", []),
    };

    private static readonly SortField[] Sorts = [SortField.Score];

    private static readonly IReadOnlyList<QueryParameter> Filters = [.. CouncilFilters.All.Select(filter => filter.Parameter)];

    public static void Map(IEndpointRouteBuilder v1)
    {
        var types = v1.ServiceProvider.GetRequiredService<PartTypeCatalogue>();
        v1.MapGet("/search", SearchAsync)
            .WithMetadata(new EndpointContract { Parameters = [Words, TypeOf(types), .. Filters, .. PageRequest.ParametersWithoutFields] })
            .WithName("search").WithTags("Search")
            .WithSummary("Search the councils and all they contain")
            .WithDescription(
                """
                Councils, governance bodies, working groups, organisations, events and the public contacts by function, best first. No person, e-mail address or telephone number is searched.

                A hit has all of the words, in its own text or in the names and the territory of its council; where nothing has all of them, `interpretation.matched` is `any` and those with most come first.
                Names, aliases and the territory weigh most, then who takes part and on what, then prose; a council comes before its parts, and a whole name before everything. A commune leads to the councils that cover it.
                Filters are about the council of a hit. `total` and `facets` count all hits, exactly.
                """)
            .Produces<SearchAnswer>();
    }

    private static ChoiceParameter TypeOf(PartTypeCatalogue types) =>
        new(TypeName, [CouncilType, .. types.All.Select(type => type.Names.Type)], null, "Only these kinds of hits.") { IsList = true };

    private static async Task<IResult> SearchAsync(
        HttpContext context,
        SearchQueries search,
        FilterResolver resolver,
        PublishedDbContext published,
        PartTypeCatalogue types,
        CancellationToken cancellationToken)
    {
        var query = ParsedQuery.Of(context);
        if (query.GetValue(Words.Name) is not { } words)
        {
            return ApiProblem.BadParameters([new ValidationError("missing-parameter", [Words.Name]) { Parameter = Words.Name }]);
        }

        if (!(await resolver.ResolveAsync(query, cancellationToken)).TryGet(out var filters, out var problem)
            || !PageRequest.Read(context, query, Sorts, [Words, TypeOf(types), .. Filters]).TryGet(out var request, out problem)
            || !SearchCursor.Read(request.After).TryGet(out var start, out problem))
        {
            return problem;
        }

        string ETagOf(string version) => ETags.ForContent(version, $"{context.Request.Path}{context.Request.QueryString}");

        // A search that is repeated has mostly not changed; the version alone tells.
        if (context.Request.Headers.IfNoneMatch.Count > 0
            && ETagOf(await search.GetVersionAsync(cancellationToken)) is var held
            && ETags.Matches(context.Request, held))
        {
            return new NotModifiedResult(held);
        }

        var scope = new SearchScope(CouncilsOf(published, query, filters), query.GetValues(TypeName), start.After?.Place, request.Fetch);
        var (question, found) = await FindAsync(search, words, scope, start.After, cancellationToken);
        var page = request.ToPage(found.Rows, found.Total, row => new SearchCursor(PlaceOf(row), question.IsForAll, question.Corrections).ToCursor());
        return new SearchPageAnswer(AnswerOf(context, types, page, found, question), ETagOf(found.Version));
    }

    /// <summary>The councils that the filters choose; null where there is no filter.</summary>
    private static IQueryable<Guid>? CouncilsOf(PublishedDbContext published, ParsedQuery query, CouncilFilterQuery filters)
    {
        var given = CouncilFilters.All.Where(filter => query.GetValues(filter.Parameter.Name) is not null).ToList();
        return given.Count == 0
            ? null
            : given
                .Aggregate(published.Councils.AsQueryable(), (rows, filter) => filter.OnCouncils(rows, filters, query.GetValues(filter.Parameter.Name)!))
                .Select(row => row.Id);
    }

    /// <summary>
    /// First all words as they are given; where that finds nothing, with what nobody wrote mended; where that finds nothing, any of them.
    /// A further page goes on as the first one was understood, whatever was written since.
    /// </summary>
    private static async Task<(SearchQuery Question, SearchRows Rows)> FindAsync(SearchQueries search, string words, SearchScope scope, SearchCursor? cursor, CancellationToken cancellationToken)
    {
        var question = SearchQuery.Of(words, cursor?.Corrections ?? []) with { IsForAll = cursor?.IsForAll ?? true };
        if (question.Clauses.Count == 0)
        {
            return (question, SearchRows.Empty(await search.GetVersionAsync(cancellationToken)));
        }

        var rows = await search.FindAsync(question, scope, cancellationToken);
        if (rows.Total > 0 || cursor is not null)
        {
            return (question, rows);
        }

        if (await search.CorrectAsync(question, cancellationToken) is { Count: > 0 } corrections)
        {
            question = SearchQuery.Of(words, corrections);
            rows = await search.FindAsync(question, scope, cancellationToken);
        }

        // Where something has all words, and the filters leave it out, there is no hit; that is the answer.
        if (rows.Total > 0 || question.Clauses.Count == 1
            || (scope.IsFiltered && (await search.FindAsync(question, new SearchScope(null, null, null, 1), cancellationToken)).Total > 0))
        {
            return (question, rows);
        }

        question = question with { IsForAll = false };
        return (question, await search.FindAsync(question, scope, cancellationToken));
    }

    private static SearchAnswer AnswerOf(
        HttpContext context, PartTypeCatalogue types, Page<SearchRow> page, SearchRows found, SearchQuery question) => new()
        {
            Items = [.. page.Items.Select(row => new SearchHit
        {
            Type = row.Type,
            Council = new SearchHitCouncil { Code = row.CouncilCode, Name = row.CouncilName },
            Id = row.Id,
            Name = row.Name,
            Href = $"{context.Request.PathBase}/v1/councils/{row.CouncilCode}{PathOf(types, row)}",
            Score = row.Score,
            Highlights = SearchHighlights.Of(row, found.Found, question),
        })],
            Page = page.Information,
            Interpretation = new SearchInterpretation
            {
                Matched = question.Clauses.All(clause => clause.All.All(SearchWords.SaysNothing)) ? "none" : question.IsForAll ? "all" : "any",
                Corrections = question.Corrections.Count == 0 ? null : question.Corrections,
            },
            Facets = found.Facets with { Themes = Labelled(found.Facets.Themes, "themes"), Statuses = Labelled(found.Facets.Statuses, "council-statuses") },
        };

    private static IReadOnlyList<SearchFacet> Labelled(IReadOnlyList<SearchFacet> facets, string list) =>
        [.. facets.Select(facet => facet with { Label = VocabularyCatalogue.Get(list).ByCode.GetValueOrDefault(facet.Code)?.Label.Fr })];

    private static string PathOf(PartTypeCatalogue types, SearchRow row) =>
        row.Type == CouncilType ? "" : $"/{types.All.Single(type => type.Names.Type == row.Type).Names.Path}/{row.Id}";

    private static SearchPlace PlaceOf(SearchRow row) => new(row.Score, row.CouncilId, row.Type, row.Id);

    private static bool IsUnicode(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            {
                at++;
            }
            else if (char.IsSurrogate(text[at]))
            {
                return false;
            }
        }

        return true;
    }
}

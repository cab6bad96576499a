using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Vocabularies;
using CLSM.Directory.Api.Web.Paging;

namespace CLSM.Directory.Api.Features.Search;

/// <summary>Search over councils and all that they contain: <c>/v1/search</c>.</summary>
internal static class SearchRoutes
{
    private static readonly string[] HitTypes = ["council", "governance-body", "working-group", "organisation", "contact", "event"];

    private static readonly QueryParameter Words = new TextParameter("q", 300, "What is sought, in any words: accents, case, apostrophes and hyphens do not matter, nor do endings. Acronyms and full words find each other, the last word may be half typed, and typing errors are mended where nothing is written so.")
    {
        IsRequired = true,
        Example = "comité de pilotage Grenoble",
        Rule = value => IsUnicode(value) ? null : new Violation("invalid-text", []),
    };

    private static readonly QueryParameter Types = new ChoiceParameter("type", HitTypes, null, "Only these kinds of hits.") { IsList = true };

    private static readonly IReadOnlyList<QueryParameter> Paging = [.. PageRequest.ParametersFor(SearchJsonContext.Instance.SearchHit, ["score"]).Where(parameter => parameter is IntegerParameter || parameter.Name == PageRequest.CursorName)];

    private static readonly IntegerParameter Limit = Paging.OfType<IntegerParameter>().Single();

    private static readonly IReadOnlyList<QueryParameter> Filters = [Types, .. CouncilFilters.All.Select(filter => filter.Parameter)];

    public static void MapSearch(this IEndpointRouteBuilder v1) =>
        v1.MapGet("/search", SearchAsync)
            .WithMetadata(new Operation { Parameters = [Words, .. Filters, .. Paging] })
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

    private static async Task<IResult> SearchAsync(HttpContext context, SearchQueries reading, FilterResolver resolution, PublishedDbContext published, CancellationToken cancellationToken)
    {
        var query = Operation.Query(context);
        if (query.One(Words.Name) is null)
        {
            return Refusal.BadParameters([new Violation("missing-parameter", [Words.Name]) { Parameter = Words.Name }]);
        }

        var (national, refusal) = await resolution.AskAsync(query, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        string TagOf(string stamp) => EntityTags.OfAnswer(stamp, $"{context.Request.Path}{context.Request.QueryString}");

        // Asked again, a search mostly has not changed; the stamp alone tells.
        if (context.Request.Headers.IfNoneMatch.Count > 0 && TagOf(await reading.StampAsync(cancellationToken)) is var held && EntityTags.IsHeld(context.Request, held))
        {
            return new NotModifiedAnswer(held);
        }

        var signature = $"{context.Request.Path}?{query.Signature([Words.Name, .. Filters.Select(parameter => parameter.Name)])}";
        var cursor = query.One(PageRequest.CursorName) is { } given ? SearchCursor.Read(given, signature) : null;
        if (query.One(PageRequest.CursorName) is not null && cursor is null)
        {
            return Refusal.BadParameters([new Violation("invalid-cursor", []) { Parameter = PageRequest.CursorName }]);
        }

        var filters = CouncilFilters.All.Where(filter => query.All(filter.Parameter.Name) is not null).ToList();
        var scope = new SearchScope(
            filters.Count == 0 ? null : filters.Aggregate(published.Councils.AsQueryable(), (rows, filter) => filter.OnCouncils(rows, national, query.All(filter.Parameter.Name)!)).Select(row => row.Id),
            query.All(Types.Name),
            cursor?.Place,
            Limit.Read(query.One(Limit.Name)));
        var (question, rows) = await FindAsync(reading, query.One(Words.Name)!, scope, cursor, cancellationToken);
        var next = rows.Rows.Count > scope.Limit ? new SearchCursor(PlaceOf(rows.Rows[scope.Limit - 1]), question.IsForAll, question.Corrections).Write(signature) : null;
        return new SearchPageAnswer(AnswerOf(context, rows, question, new PageInformation { Size = scope.Limit, Next = next, Total = rows.Total }), TagOf(rows.Stamp));
    }

    /// <summary>
    /// First all words as they are given; where that finds nothing, with what nobody wrote mended; where that finds nothing, any of them.
    /// A further page goes on as the first one was understood, whatever was written since.
    /// </summary>
    private static async Task<(SearchQuery Question, SearchRows Rows)> FindAsync(SearchQueries reading, string words, SearchScope scope, SearchCursor? cursor, CancellationToken cancellationToken)
    {
        var question = SearchQuery.Of(words, cursor?.Corrections ?? []) with { IsForAll = cursor?.IsForAll ?? true };
        if (question.Clauses.Count == 0)
        {
            return (question, SearchRows.Empty(await reading.StampAsync(cancellationToken)));
        }

        var rows = await reading.FindAsync(question, scope, cancellationToken);
        if (rows.Total > 0 || cursor is not null)
        {
            return (question, rows);
        }

        if (await reading.CorrectAsync(question, cancellationToken) is { Count: > 0 } corrections)
        {
            question = SearchQuery.Of(words, corrections);
            rows = await reading.FindAsync(question, scope, cancellationToken);
        }

        // Where something has all words, and the filters leave it out, there is no hit; that is the answer.
        if (rows.Total > 0 || question.Clauses.Count == 1
            || (scope.IsFiltered && (await reading.FindAsync(question, new SearchScope(null, null, null, 1), cancellationToken)).Total > 0))
        {
            return (question, rows);
        }

        question = question with { IsForAll = false };
        return (question, await reading.FindAsync(question, scope, cancellationToken));
    }

    private static SearchAnswer AnswerOf(HttpContext context, SearchRows rows, SearchQuery question, PageInformation page) => new()
    {
        Items = [.. rows.Rows.Take(page.Size).Select(row => new SearchHit
        {
            Type = row.Type,
            Council = new SearchHitCouncil { Code = row.CouncilCode, Name = row.CouncilName },
            Id = row.Id,
            Name = row.Name,
            Href = $"{context.Request.PathBase}/v1/councils/{row.CouncilCode}{PathOf(row)}",
            Score = row.Score,
            Highlights = SearchHighlights.Of(row, rows.Found, question),
        })],
        Page = page,
        Interpretation = new SearchInterpretation
        {
            Matched = question.Clauses.All(clause => clause.All.All(SearchWords.SaysNothing)) ? "none" : question.IsForAll ? "all" : "any",
            Corrections = question.Corrections.Count == 0 ? null : question.Corrections,
        },
        Facets = rows.Facets with { Themes = Labelled(rows.Facets.Themes, "themes"), Statuses = Labelled(rows.Facets.Statuses, "council-statuses") },
    };

    private static IReadOnlyList<SearchFacet> Labelled(IReadOnlyList<SearchFacet> facets, string list) =>
        [.. facets.Select(facet => facet with { Label = VocabularyCatalogue.Get(list).ByCode.GetValueOrDefault(facet.Code)?.Label.Fr })];

    private static string PathOf(SearchRow row) => row.Type switch
    {
        "council" => "",
        "governance-body" => $"/governance-bodies/{row.Id}",
        _ => $"/{row.Type}s/{row.Id}",
    };

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

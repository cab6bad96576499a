using System.Text.Json.Serialization.Metadata;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Web.Paging;

namespace CLSM.Directory.Api.Features.Coverage;

/// <summary>Who has a council and who has none: <c>/v1/coverage</c>.</summary>
internal static class CoverageRoutes
{
    private static readonly string[] ByCode = [KeysetPaging.ByCode];
    private static readonly QueryParameter By = new ChoiceParameter(
        "by",
        [.. CoverageGrouping.All.Select(grouping => grouping.Name)],
        null,
        "What a row stands for. Without it one step below the narrowest filter: regions, the départements of a region, the EPCI of a département.");

    private static readonly QueryParameter[] Places = [CoverageQuery.Region, CoverageQuery.Department, CoverageQuery.Epci];
    private static readonly string[] PlaceNames = [.. Places.Select(parameter => parameter.Name)];

    public static void MapCoverage(this IEndpointRouteBuilder v1)
    {
        v1.MapGet("/coverage", ReadAsync)
            .WithMetadata(new Operation { Parameters = [By, .. Places, .. PagingOf(CoverageJsonContext.Instance.CoverageRow).Where(parameter => parameter.Name != FieldSelection.Name)] })
            .WithName("getCoverage").WithTags("Territories")
            .WithSummary("Count covered and uncovered communes and inhabitants")
            .WithDescription("By region, département or EPCI: how many communes and inhabitants have a council, have one in part, have one in prefiguration, or have none, and how many councils there are. "
                + "A council that is `active`, `paused` or of `unknown` status covers; one that is a `project` or in `prefiguration` is counted apart; one that has `closed` or `merged` covers nothing. "
                + "It is counted as of today: parts of territories that ended or have not begun do not count. An EPCI across départements counts in each filter with the communes that it has there.")
            .Produces<CoverageReport>();

        v1.MapGet("/coverage/communes", ListAsync)
            .WithMetadata(new Operation { Parameters = [CoverageQuery.State, .. Places, .. PagingOf(CoverageJsonContext.Instance.CommuneCoverage)] })
            .WithName("listCoverageCommunes").WithTags("Territories")
            .WithSummary("List the communes that no council covers")
            .WithDescription("In order of code; with `state`, those that are covered in part, only planned to be, or covered. Current communes only: an arrondissement of Paris, Lyon or Marseille shows in its commune.")
            .Produces<Page<CommuneCoverage>>();

        v1.MapGet("/coverage/communes.csv", ExportAsync)
            .WithMetadata(new Operation { Answers = MediaTypes.Csv, Parameters = [CoverageQuery.State, .. Places] })
            .WithName("exportCoverageCommunes").WithTags("Territories")
            .WithSummary("Export the communes that no council covers")
            .WithDescription("The same list whole, as CSV for spreadsheets: `;`, UTF-8 with BOM, CRLF; a cell that would be a formula begins with an apostrophe. Columns: code, name, state, département, region, EPCI (code and name of each), population.")
            .Produces<string>(StatusCodes.Status200OK, MediaTypes.Csv);
    }

    private static async Task<IResult> ReadAsync(
        HttpContext context, CoverageQueries reading, TerritoryQueries territories, TerritoryValidator check, CancellationToken cancellationToken)
    {
        var query = Operation.Query(context);
        var (page, badPage) = PageRequest.From(context, query, ByCode, [By.Name, .. PlaceNames]);
        var (question, unknown) = badPage is null ? await CoverageQuery.AskAsync(query, check, cancellationToken) : default;
        if ((badPage ?? unknown) is { } refusal)
        {
            return refusal;
        }

        var (tag, stand) = await TagAsync(context, territories, cancellationToken);
        if (EntityTags.IsHeld(context.Request, tag))
        {
            return new NotModifiedAnswer(tag);
        }

        var by = CoverageGrouping.All.Single(grouping => grouping.Name == (query.One(By.Name) ?? BelowFilter(query)));
        var lines = await reading.ReadAsync(question!, by, page.After?.Key, page.Limit, cancellationToken);
        var rows = lines.Skip(1).Take(page.Limit).ToList();
        var next = lines.Count - 1 > page.Limit ? new Cursor(rows[^1].Code!, Guid.Empty, Guid.Empty).Write(page.Question) : null;
        if (next is not null)
        {
            context.Response.Headers.Link = $"<{AnswerHeaders.WithCursor(context.Request, next)}>; rel=\"next\"";
        }

        var all = lines[0];
        return new ResourceAnswer<CoverageReport>(
            new CoverageReport
            {
                By = by.Name,
                Reference = new() { Vintage = all.Vintage, LoadedAt = all.LoadedAt, PopulationYear = all.PopulationYear },
                Total = new CoverageFigures
                {
                    Communes = CommunesOf(all),
                    Population = PopulationOf(all),
                    Councils = all.Councils,
                    CouncilsInPrefiguration = all.CouncilsInPrefiguration,
                },
                UnresolvedCouncils = all.UnresolvedCouncils,
                Items = rows.ConvertAll(row => new CoverageRow
                {
                    Code = row.Code!,
                    Name = row.Name!,
                    Communes = CommunesOf(row),
                    Population = PopulationOf(row),
                    Councils = row.Councils,
                    CouncilsInPrefiguration = row.CouncilsInPrefiguration,
                }),
                Information = new PageInformation { Size = page.Limit, Next = next, Total = all.Territories },
            },
            tag,
            stand);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, CoverageQueries reading, TerritoryQueries territories, TerritoryValidator check, CancellationToken cancellationToken)
    {
        var query = Operation.Query(context);
        var (page, badPage) = PageRequest.From(context, query, ByCode, [CoverageQuery.State.Name, .. PlaceNames]);
        var (question, unknown) = badPage is null ? await CoverageQuery.AskAsync(query, check, cancellationToken) : default;
        if ((badPage ?? unknown) is { } refusal)
        {
            return refusal;
        }

        var (tag, stand) = await TagAsync(context, territories, cancellationToken);
        if (EntityTags.IsHeld(context.Request, tag))
        {
            return new NotModifiedAnswer(tag);
        }

        var (communes, total) = await reading.ListAsync(question!.OfStates(query), page.After?.Key, page.Limit, cancellationToken);
        var next = communes.Count > page.Limit ? new Cursor(communes[page.Limit - 1].Code, Guid.Empty, Guid.Empty).Write(page.Question) : null;
        return new PageAnswer<CommuneCoverage>(
            [.. communes.Take(page.Limit).Select(line => line.ToCommune())],
            new PageInformation { Size = page.Limit, Next = next, Total = total },
            FieldSelection.From(query),
            tag,
            stand);
    }

    private static async Task<IResult> ExportAsync(
        HttpContext context, CoverageQueries reading, TerritoryQueries territories, TerritoryValidator check, CancellationToken cancellationToken)
    {
        var query = Operation.Query(context);
        var (question, unknown) = await CoverageQuery.AskAsync(query, check, cancellationToken);
        if (unknown is not null)
        {
            return unknown;
        }

        var (tag, stand) = await TagAsync(context, territories, cancellationToken);
        return EntityTags.IsHeld(context.Request, tag)
            ? new NotModifiedAnswer(tag)
            : new CommuneCoverageCsv(reading.StreamAsync(question.OfStates(query)), tag, stand);
    }

    /// <summary>Read before the answer: were something written in between, the ETag would only be too old.</summary>
    private static async Task<(string Tag, DateTime Stand)> TagAsync(HttpContext context, TerritoryQueries territories, CancellationToken cancellationToken)
    {
        var stand = await territories.GetVersionAsync(cancellationToken);
        return (EntityTags.OfAnswer(stand.Stamp, $"{context.Request.Path}{context.Request.QueryString}"), stand.At);
    }

    private static string BelowFilter(QueryValues query) =>
        query.All(CoverageQuery.Epci.Name) is not null || query.All(CoverageQuery.Department.Name) is not null ? "epci"
        : query.All(CoverageQuery.Region.Name) is not null ? "department"
        : "region";

    private static CoverageCount CommunesOf(CoverageLine line) => new()
    {
        Total = line.Communes,
        Covered = line.CommunesCovered,
        PartlyCovered = line.CommunesPartlyCovered,
        Prefiguration = line.CommunesPrefiguration,
        Uncovered = line.CommunesUncovered,
    };

    private static CoverageCount PopulationOf(CoverageLine line) => new()
    {
        Total = line.Population,
        Covered = line.PopulationCovered,
        PartlyCovered = line.PopulationPartlyCovered,
        Prefiguration = line.PopulationPrefiguration,
        Uncovered = line.PopulationUncovered,
    };

    private static IEnumerable<QueryParameter> PagingOf(JsonTypeInfo record) => PageRequest.ParametersFor(record, ByCode).Where(parameter => parameter.Name != "sort");
}

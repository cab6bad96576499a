using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Files;
using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Results;

namespace CLSM.Directory.Api.Features.Coverage;

/// <summary>Who has a council and who has none: <c>/v1/coverage</c>.</summary>
internal static class CoverageRoutes
{
    private static readonly SortField[] Sorts = [SortField.Code];
    private static readonly QueryParameter By = new ChoiceParameter(
        "by",
        [.. CoverageGrouping.All.Select(grouping => grouping.Name)],
        null,
        "What a row stands for. Without it one step below the narrowest filter: regions, the départements of a region, the EPCI of a département.");

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/coverage", ReadAsync)
            .WithMetadata(new EndpointContract { Parameters = [By, .. CoverageQuery.Places, .. PageRequest.ParametersWithoutFields] })
            .WithName("getCoverage").WithTags("Territories")
            .WithSummary("Count covered and uncovered communes and inhabitants")
            .WithDescription("By region, département or EPCI: how many communes and inhabitants have a council, have one in part, have one in prefiguration, or have none, and how many councils there are. "
                + "A council that is `active`, `paused` or of `unknown` status covers; one that is a `project` or in `prefiguration` is counted apart; one that has `closed` or `merged` covers nothing. "
                + "It is counted as of today: parts of territories that ended or have not begun do not count. An EPCI across départements counts in each filter with the communes that it has there.")
            .Produces<CoverageReport>();

        v1.MapGet("/coverage/communes", ListAsync)
            .WithMetadata(new EndpointContract { Parameters = [CoverageQuery.State, .. CoverageQuery.Places, .. PageRequest.ParametersFor(CoverageJsonContext.Instance.CommuneCoverage)] })
            .WithName("listCoverageCommunes").WithTags("Territories")
            .WithSummary("List the communes that no council covers")
            .WithDescription("In order of code; with `state`, those that are covered in part, only planned to be, or covered. Current communes only: an arrondissement of Paris, Lyon or Marseille shows in its commune.")
            .Produces<Page<CommuneCoverage>>();

        v1.MapGet("/coverage/communes.csv", ExportAsync)
            .WithMetadata(new EndpointContract { MediaTypes = [MediaTypes.Csv], Parameters = [CoverageQuery.State, .. CoverageQuery.Places] })
            .WithName("exportCoverageCommunes").WithTags("Territories")
            .WithSummary("Export the communes that no council covers")
            .WithDescription("The same list whole, as CSV for spreadsheets: `;`, UTF-8 with BOM, CRLF; a cell that would be a formula begins with an apostrophe. Columns: code, name, state, département, region, EPCI (code and name of each), population.")
            .Produces<string>(StatusCodes.Status200OK, MediaTypes.Csv);
    }

    private static async Task<IResult> ReadAsync(
        HttpContext context, CoverageQueries coverage, TerritoryQueries territories, TerritoryValidator validator, CancellationToken cancellationToken)
    {
        var query = ParsedQuery.Of(context);
        if (!PageRequest.Read(context, query, Sorts, [By, .. CoverageQuery.Places]).TryGet(out var request, out var problem)
            || !(await CoverageQuery.ResolveAsync(query, validator, cancellationToken)).TryGet(out var filters, out problem))
        {
            return problem;
        }

        var version = await territories.GetVersionAsync(cancellationToken);
        var etag = version.ETagFor(context.Request);
        if (ETags.Matches(context.Request, etag))
        {
            return new NotModifiedResult(etag);
        }

        var by = CoverageGrouping.All.Single(grouping => grouping.Name == (query.GetValue(By.Name) ?? BelowFilter(query)));
        var found = await coverage.ListAsync(filters, by, request, cancellationToken);
        if (found.Territories.Information.Next is { } next)
        {
            context.Response.Headers.Link = $"<{CacheHeaders.WithCursor(context.Request, next)}>; rel=\"next\"";
        }

        return new JsonResult<CoverageReport>(ReportOf(by, found), etag, version.ChangedAt);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, CoverageQueries coverage, TerritoryQueries territories, TerritoryValidator validator, CancellationToken cancellationToken)
    {
        var query = ParsedQuery.Of(context);
        if (!PageRequest.Read(context, query, Sorts, [CoverageQuery.State, .. CoverageQuery.Places]).TryGet(out var request, out var problem)
            || !(await CoverageQuery.ResolveAsync(query, validator, cancellationToken)).TryGet(out var filters, out problem))
        {
            return problem;
        }

        var version = await territories.GetVersionAsync(cancellationToken);
        var etag = version.ETagFor(context.Request);
        if (ETags.Matches(context.Request, etag))
        {
            return new NotModifiedResult(etag);
        }

        var page = await coverage.ListCommunesAsync(filters.WithStates(query), request, cancellationToken);
        return PageResult.From(page, FieldSelection.From(query), etag, version.ChangedAt);
    }

    private static async Task<IResult> ExportAsync(
        HttpContext context,
        CoverageQueries coverage,
        TerritoryQueries territories,
        TerritoryValidator validator,
        ILogger<ExportOutput> logger,
        CancellationToken cancellationToken)
    {
        var query = ParsedQuery.Of(context);
        if (!(await CoverageQuery.ResolveAsync(query, validator, cancellationToken)).TryGet(out var filters, out var problem))
        {
            return problem;
        }

        var version = await territories.GetVersionAsync(cancellationToken);
        var etag = version.ETagFor(context.Request);
        return ETags.Matches(context.Request, etag)
            ? new NotModifiedResult(etag)
            : new CommuneCoverageCsv(coverage.StreamCommunesAsync(filters.WithStates(query)), etag, version.ChangedAt, logger);
    }

    private static CoverageReport ReportOf(CoverageGrouping by, CoveragePage found) => new()
    {
        By = by.Name,
        Reference = new() { Vintage = found.All.Vintage, LoadedAt = found.All.LoadedAt, PopulationYear = found.All.PopulationYear },
        Total = new CoverageFigures
        {
            Communes = CommunesOf(found.All),
            Population = PopulationOf(found.All),
            Councils = found.All.Councils,
            CouncilsInPrefiguration = found.All.CouncilsInPrefiguration,
        },
        UnresolvedCouncils = found.All.UnresolvedCouncils,
        Items =
        [
            .. found.Territories.Items.Select(line => new CoverageRow
            {
                Code = line.Code!,
                Name = line.Name!,
                Communes = CommunesOf(line),
                Population = PopulationOf(line),
                Councils = line.Councils,
                CouncilsInPrefiguration = line.CouncilsInPrefiguration,
            }),
        ],
        Information = found.Territories.Information,
    };

    private static string BelowFilter(ParsedQuery query) =>
        query.GetValues(CoverageQuery.Epci.Name) is not null || query.GetValues(CoverageQuery.Department.Name) is not null ? "epci"
        : query.GetValues(CoverageQuery.Region.Name) is not null ? "department"
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
}

using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Results;

namespace CLSM.Directory.Api.Features.Statistics;

/// <summary>Counts of councils: <c>/v1/statistics</c>.</summary>
internal static class StatisticsRoutes
{
    public static void Map(IEndpointRouteBuilder v1) =>
        v1.MapGet("/statistics", ReadAsync)
            .WithMetadata(new EndpointContract { Parameters = [.. NationalFilters.Councils.Parameters] })
            .WithName(StatisticsExamples.Operation).WithTags("Councils")
            .WithSummary("Count councils")
            .WithDescription("By region, département, status, year of foundation, carrier, theme and type of body; how sure the directory is of what it says of them, and how much it knows. "
                + "It takes the filters of the list of councils, and counts the councils that the list would show. Without filters it counts all of them, closed and merged ones too.")
            .Produces<Statistics>();

    private static async Task<IResult> ReadAsync(
        HttpContext context,
        ReadAccess reading,
        FilterResolver resolver,
        TerritoryQueries territories,
        StatisticsQueries statistics,
        CancellationToken cancellationToken)
    {
        if (!(await resolver.ResolveAsync(ParsedQuery.Of(context), cancellationToken)).TryGet(out var filters, out var problem))
        {
            return problem;
        }

        var version = await territories.GetVersionAsync(cancellationToken);
        var etag = version.ETagFor(context.Request);
        if (ETags.Matches(context.Request, etag))
        {
            return new NotModifiedResult(etag);
        }

        var councils = NationalFilters.Councils.Apply(reading.National().Database.Councils, filters);
        return new JsonResult<Statistics>(await statistics.ReadAsync(councils, cancellationToken), etag, version.ChangedAt);
    }
}

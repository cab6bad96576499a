using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Queries;

namespace CLSM.Directory.Api.Features.Statistics;

/// <summary>Counts of councils: <c>/v1/statistics</c>.</summary>
internal static class StatisticsRoutes
{
    public static void MapStatistics(this IEndpointRouteBuilder v1) =>
        v1.MapGet("/statistics", ReadAsync)
            .WithMetadata(new Operation { Parameters = [.. NationalFilters.Councils.Parameters] })
            .WithName(StatisticsExamples.Operation).WithTags("Councils")
            .WithSummary("Count councils")
            .WithDescription("By region, département, status, year of foundation, carrier, theme and type of body; how sure the directory is of what it says of them, and how much it knows. "
                + "It takes the filters of the list of councils, and counts the councils that the list would show. Without filters it counts all of them, closed and merged ones too.")
            .Produces<Statistics>();

    private static async Task<IResult> ReadAsync(
        HttpContext context, Reading reading, StatisticsQueries statistics, TerritoryQueries territories, FilterResolver resolution, CancellationToken cancellationToken)
    {
        var (question, refusal) = await resolution.AskAsync(Operation.Query(context), cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        var stand = await territories.GetVersionAsync(cancellationToken);
        var tag = EntityTags.OfAnswer(stand.Stamp, $"{context.Request.Path}{context.Request.QueryString}");
        return EntityTags.IsHeld(context.Request, tag)
            ? new NotModifiedAnswer(tag)
            : new ResourceAnswer<Statistics>(
                await statistics.ReadAsync(NationalFilters.Councils.Apply(reading.National().Database.Councils, question), cancellationToken), tag, stand.At);
    }
}

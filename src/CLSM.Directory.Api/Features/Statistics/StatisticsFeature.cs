using CLSM.Directory.Api.Web.Json;

namespace CLSM.Directory.Api.Features.Statistics;

/// <summary>Counts of councils: <c>/v1/statistics</c>.</summary>
internal static class StatisticsFeature
{
    public static IServiceCollection AddStatistics(this IServiceCollection services)
    {
        services.AddScoped<StatisticsQueries>();
        return services.AddJsonContext(StatisticsJsonContext.Instance);
    }

    public static void MapStatistics(this IEndpointRouteBuilder v1) => StatisticsRoutes.Map(v1);
}

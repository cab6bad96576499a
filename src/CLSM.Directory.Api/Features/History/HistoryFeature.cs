using CLSM.Directory.Api.Web.Json;

namespace CLSM.Directory.Api.Features.History;

/// <summary>History of a council: <c>/v1/councils/{council}/history</c>.</summary>
internal static class HistoryFeature
{
    public static IServiceCollection AddHistory(this IServiceCollection services) =>
        services.AddJsonContext(HistoryJsonContext.Instance);

    public static void MapHistory(this IEndpointRouteBuilder council) => HistoryRoutes.Map(council);
}

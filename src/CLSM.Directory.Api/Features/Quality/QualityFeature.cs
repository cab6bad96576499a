namespace CLSM.Directory.Api.Features.Quality;

/// <summary>Quality of a council: <c>/v1/councils/{council}/quality</c>.</summary>
internal static class QualityFeature
{
    public static void MapQuality(this IEndpointRouteBuilder council) => QualityRoutes.Map(council);
}

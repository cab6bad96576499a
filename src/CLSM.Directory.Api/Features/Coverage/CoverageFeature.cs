using CLSM.Directory.Api.Web.Json;

namespace CLSM.Directory.Api.Features.Coverage;

/// <summary>Which communes have a council: <c>/v1/coverage</c>.</summary>
internal static class CoverageFeature
{
    public static IServiceCollection AddCoverage(this IServiceCollection services)
    {
        services.AddScoped<CoverageQueries>();
        return services.AddJsonContext(CoverageJsonContext.Instance);
    }

    public static void MapCoverage(this IEndpointRouteBuilder v1) => CoverageRoutes.Map(v1);
}

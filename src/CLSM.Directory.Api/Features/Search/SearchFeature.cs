using CLSM.Directory.Api.Web.Json;

namespace CLSM.Directory.Api.Features.Search;

/// <summary>Full-text search: <c>/v1/search</c>.</summary>
internal static class SearchFeature
{
    public static IServiceCollection AddSearch(this IServiceCollection services)
    {
        services.AddScoped<SearchQueries>();
        return services.AddJsonContext(SearchJsonContext.Instance);
    }

    public static void MapSearch(this IEndpointRouteBuilder v1) => SearchRoutes.Map(v1);
}

using CLSM.Directory.Api.Web.Json;

namespace CLSM.Directory.Api.Features.Councils;

/// <summary>Councils and their documents: <c>/v1/councils</c> and <c>/v1/councils/{council}/document</c>.</summary>
internal static class CouncilsFeature
{
    public static IServiceCollection AddCouncils(this IServiceCollection services)
    {
        services.AddScoped<SuccessionQueries>();
        services.AddScoped<SuccessionValidator>();
        services.AddScoped<CouncilPatcher>();
        services.AddSingleton<CouncilDocumentValidator>();
        services.AddSingleton<DocumentQueries>();
        services.AddScoped<DocumentWriter>();
        return services.AddJsonContext(CouncilsJsonContext.Instance);
    }

    public static void MapCouncils(this IEndpointRouteBuilder v1, IEndpointRouteBuilder council)
    {
        CouncilRoutes.Map(v1, council);
        DocumentRoutes.Map(council);
    }
}

using CLSM.Directory.Api.Web.Json;

namespace CLSM.Directory.Api.Features.Imports;

/// <summary>Imports of sheets and documents: <c>/v1/imports</c>, <c>/v1/validations</c>, files and seeds.</summary>
internal static class ImportsFeature
{
    public static IServiceCollection AddImports(this IServiceCollection services)
    {
        services.AddSingleton<TerritoryNameProvider>();
        services.AddScoped<SheetImporter>();
        services.AddSingleton<DocumentImport>();
        services.AddSingleton<Seeds>();
        return services.AddJsonContext(ImportsJsonContext.Instance);
    }

    public static void MapImports(this IEndpointRouteBuilder v1) => SheetRoutes.Map(v1);
}

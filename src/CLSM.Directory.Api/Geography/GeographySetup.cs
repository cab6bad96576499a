using CLSM.Directory.Api.Web.Json;

namespace CLSM.Directory.Api.Geography;

/// <summary>Registers the territorial reference: its names, its queries and the check of territories.</summary>
internal static class GeographySetup
{
    public static IServiceCollection AddGeography(this IServiceCollection services)
    {
        services.AddSingleton<TerritoryNameIndex>();
        services.AddScoped<TerritoryQueries>();
        services.AddScoped<TerritoryValidator>();
        return services.AddJsonContext(GeographyJsonContext.Instance);
    }
}

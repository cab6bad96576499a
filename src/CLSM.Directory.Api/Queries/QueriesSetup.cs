namespace CLSM.Directory.Api.Queries;

/// <summary>Registers what turns the filters of a request into conditions of a query.</summary>
internal static class QueriesSetup
{
    public static IServiceCollection AddQueries(this IServiceCollection services) => services.AddScoped<FilterResolver>();
}

namespace CLSM.Directory.Api.Tenancy;

/// <summary>Registers what keeps a unit of work to one council.</summary>
internal static class TenancySetup
{
    public static IServiceCollection AddTenancy(this IServiceCollection services) => services
        .AddScoped<TenantContext>()
        .AddScoped<ReadOptions>()
        .AddScoped<CouncilResolver>()
        .AddSingleton(typeof(TenantScope<>));
}

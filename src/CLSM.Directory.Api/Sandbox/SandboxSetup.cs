namespace CLSM.Directory.Api.Sandbox;

/// <summary>Puts the sandbox into the service.</summary>
internal static class SandboxSetup
{
    public static void AddSandbox(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(SandboxSettings.From(configuration));
        services.AddSingleton<SandboxSight>();
        services.AddScoped<SandboxReset>();
        services.AddHostedService<NightlyReset>();
    }
}

using CLSM.Directory.Api.Limits;
using CLSM.Directory.Api.Security;
using CLSM.Directory.Api.Tenancy;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CLSM.Directory.Api.Sandbox;

/// <summary>Registers the sandbox: its council, authentication scheme, quota, rate limit and nightly reset.</summary>
internal static class SandboxSetup
{
    public static void AddSandbox(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = SandboxSettings.From(configuration);
        services.AddSingleton(settings);
        services.AddSingleton(new TestCouncil(SandboxCouncil.Code, SandboxCouncil.Id));
        services.AddScoped<ISaveChangesInterceptor, SandboxQuota>();
        services.AddScoped<SandboxReset>();
        services.AddHostedService<SandboxResetService>();
        services.AddSingleton<ICallerPolicy, SandboxRateLimiter>();
        services.Configure<AuthenticationOptions>(options =>
            options.AddScheme<SandboxAuthenticationHandler>(SandboxAuthenticationHandler.Name, null));
        services.PostConfigure<PolicySchemeOptions>(BearerScheme.Name, options =>
        {
            var otherwise = options.ForwardDefaultSelector!;
            options.ForwardDefaultSelector = context =>
                settings.IsOpen && SandboxKey.IsShown(context.Request) ? SandboxAuthenticationHandler.Name : otherwise(context);
        });
    }
}

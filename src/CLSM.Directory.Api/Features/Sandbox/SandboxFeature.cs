using CLSM.Directory.Api.RateLimiting;
using CLSM.Directory.Api.Security;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace CLSM.Directory.Api.Features.Sandbox;

/// <summary>Registers the sandbox: its council, authentication scheme, quota, rate limit and nightly reset.</summary>
internal static class SandboxFeature
{
    public static IServiceCollection AddSandbox(this IServiceCollection services)
    {
        services.AddSettings<SandboxOptions>();
        services.AddSingleton(new TestCouncil(SandboxCouncil.Code, SandboxCouncil.Id));
        services.AddScoped<ISaveChangesInterceptor, SandboxQuota>();
        services.AddScoped<SandboxReset>();
        services.AddHostedService<SandboxResetService>();
        services.AddSingleton<ICallerRateLimit, SandboxRateLimiter>();
        services.Configure<AuthenticationOptions>(options =>
            options.AddScheme<SandboxAuthenticationHandler>(SandboxAuthenticationHandler.Name, null));
        services.AddOptions<PolicySchemeOptions>(BearerScheme.Name).PostConfigure<IOptions<SandboxOptions>>((options, sandbox) =>
        {
            var otherwise = options.ForwardDefaultSelector!;
            options.ForwardDefaultSelector = context =>
                sandbox.Value.IsOpen && SandboxKey.IsShown(context.Request) ? SandboxAuthenticationHandler.Name : otherwise(context);
        });
        return services;
    }
}

using CLSM.Directory.Api.Web.Settings;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace CLSM.Directory.Api.RateLimiting;

/// <summary>Puts the limits into the way of a request.</summary>
internal static class RateLimitingSetup
{
    public static void AddLimits(this IServiceCollection services)
    {
        services.AddSettings<RateLimitOptions>();
        services.AddSingleton<RateLimitMiddleware>();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<RateLimitOptions>>((options, limits) =>
        {
            var networks = limits.Value.TrustedNetworks;
            options.ForwardedHeaders = networks.Count > 0 ? ForwardedHeaders.XForwardedFor : ForwardedHeaders.None;
            options.ForwardLimit = null;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in networks)
            {
                options.KnownIPNetworks.Add(network);
            }
        });
    }

    /// <summary>Before anything is done with a request.</summary>
    public static void UseHeaderLimits(this WebApplication service)
    {
        service.UseForwardedHeaders();
        service.Use(HeaderLimits.CheckAsync);
    }

    /// <summary>Once the caller is known.</summary>
    public static void UseCallerLimits(this WebApplication service) =>
        service.Use(service.Services.GetRequiredService<RateLimitMiddleware>().InvokeAsync);
}

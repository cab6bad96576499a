using CLSM.Directory.Api.Web.Requests;
using CLSM.Directory.Api.Web.Settings;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace CLSM.Directory.Api.RateLimiting;

/// <summary>Registers the limits and puts them into the request pipeline.</summary>
internal static class RateLimitingSetup
{
    /// <summary>A megabyte of text, percent-encoded.</summary>
    private const int MaxRequestLineLength = 4 * 1024 * 1024;

    public static IServiceCollection AddRateLimiting(this IServiceCollection services)
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
        return services;
    }

    /// <summary>Sets what the server itself refuses: more than the service refuses, which explains its refusals.</summary>
    public static void LimitRequests(this IWebHostBuilder host) => host.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        // Larger than what is accepted, so that a refused body can be read to its end and its sender hears the refusal.
        kestrel.Limits.MaxRequestBodySize = 8L * JsonBodyReader.MaxBytes;
        // So that a question that is far too long hears so, by the name of its parameter, and not by a connection that breaks.
        kestrel.Limits.MaxRequestBufferSize = 4 * MaxRequestLineLength;
        kestrel.Limits.MaxRequestLineSize = MaxRequestLineLength;
        HeaderLimits.Set(kestrel.Limits);
    });

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

using Microsoft.AspNetCore.Cors.Infrastructure;

namespace CLSM.Directory.Api.Web.Pipeline;

/// <summary>Lets the pages of any site read, and never write.</summary>
internal static class CorsSetup
{
    public static IServiceCollection AddReadsFromOtherSites(this IServiceCollection services) => services
        .AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .AllowAnyOrigin()
            .WithMethods("GET", "HEAD")
            .WithHeaders("Accept", "Accept-Language", "If-None-Match", "Last-Event-ID")
            .WithExposedHeaders(
                "ETag", "Link", "Last-Modified", "Retry-After", "Age", "Warning", "Cache-Status", "RateLimit", "RateLimit-Policy",
                "Content-Disposition")));

    /// <summary>Lets these pages also read a header that a feature defines.</summary>
    public static IServiceCollection ExposeHeader(this IServiceCollection services, string header) =>
        services.Configure<CorsOptions>(cors => cors.GetPolicy(cors.DefaultPolicyName)!.ExposedHeaders.Add(header));
}

using System.Threading.RateLimiting;
using CLSM.Directory.Api.Web.Json;
using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Pipeline;
using CLSM.Directory.Api.Web.Settings;
using Microsoft.Extensions.Options;

namespace CLSM.Directory.Api.Features.Exports;

/// <summary>Exports: <c>/v1/exports/{resource}.{format}</c>.</summary>
internal static class ExportsFeature
{
    public static IServiceCollection AddExports(this IServiceCollection services)
    {
        services.AddSettings<ExportOptions>();
        services.AddKeyedSingleton(ExportRoutes.Limiter, (provider, _) => new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = provider.GetRequiredService<IOptions<ExportOptions>>().Value.MaxConcurrent,
            QueueLimit = 0,
        }));
        services.AddSingleton<ExportCatalogue>();

        // Exports hold nothing but what is public, so that compression over TLS gives nothing away. A workbook is compressed already.
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = [MediaTypes.Json, MediaTypes.Ndjson, MediaTypes.Csv, MediaTypes.GeoJson];
        });
        services.ExposeHeader(ExportRoutes.CursorHeader);
        return services.AddJsonContext(ExportsJsonContext.Instance);
    }

    public static void MapExports(this IEndpointRouteBuilder v1) => ExportRoutes.Map(v1);
}

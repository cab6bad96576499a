using CLSM.Directory.Api.Web.Json;

namespace CLSM.Directory.Api.Features.ApiKeys;

/// <summary>Administration of API keys: <c>/v1/keys</c>.</summary>
internal static class ApiKeysFeature
{
    public static IServiceCollection AddApiKeys(this IServiceCollection services) =>
        services.AddJsonContext(ApiKeysJsonContext.Instance);

    public static void MapApiKeys(this IEndpointRouteBuilder v1) => KeyRoutes.Map(v1);
}

using CLSM.Directory.Api.StaleResponses;
using CLSM.Directory.Api.Web.Json;

namespace CLSM.Directory.Api.Features.Embedding;

/// <summary>What other web sites embed: <c>/embed</c>, and <c>/oembed</c>, which tells how.</summary>
internal static class EmbeddingFeature
{
    public static IServiceCollection AddEmbedding(this IServiceCollection services)
    {
        services.AddScoped<PlaceNameQueries>();
        services.AddScoped<PlaceLookup>();
        services.AddSingleton<IStaleBodyDecorator, StaleNotice>();
        return services.AddJsonContext(EmbeddingJsonContext.Instance);
    }

    public static void MapEmbedding(this IEndpointRouteBuilder app, IEndpointRouteBuilder oembed)
    {
        EmbedRoutes.Map(app);
        OembedRoutes.Map(oembed);
    }
}

using CLSM.Directory.Api.Web.Html;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Problems;
using Microsoft.Net.Http.Headers;

namespace CLSM.Directory.Api.Features.Embedding;

/// <summary>What partners' web sites show: pages for frames, the web component, the page that builds what is pasted. They are HTML, not part of the contract.</summary>
internal static class EmbedRoutes
{
    private const string ForEver = "public, max-age=31536000, immutable";
    private const string ForAnHour = "public, max-age=3600, stale-while-revalidate=86400, stale-if-error=604800";

    private static readonly QueryParameter Version = new TextParameter("version", 16, "The version that a page is pinned to.");

    public static void Map(IEndpointRouteBuilder service)
    {
        var embed = service.MapGroup("/embed").AddEndpointFilter<EmbedOutageFilter>().ExcludeFromDescription();
        embed.MapGet("", SnippetPages.ReadAsync);
        embed.MapGet("/councils", CouncilListPages.ReadAsync);
        embed.MapGet("/councils/{council}", CouncilPages.ReadAsync);
        embed.MapGet("/v1.js", Component);
        embed.MapGet("/assets/{version}.css", (HttpContext context, string version) =>
            version == EmbedAsset.Stylesheet.Version ? Asset(context, EmbedAsset.Stylesheet, ForEver) : ApiProblem.NotFound(version));
    }

    /// <summary>A pinned version for ever; without one, the present version for an hour.</summary>
    private static IResult Component(HttpContext context)
    {
        var (request, errorPage) = EmbedRequest.Read(context, Version);
        return errorPage is not null ? errorPage
            : request.Query.GetValue(Version.Name) is not { } version ? Asset(context, EmbedAsset.Component, ForAnHour)
            : EmbedAsset.Components.TryGetValue(version, out var released) ? Asset(context, released, ForEver)
            : ApiProblem.NotFound(version);
    }

    private static IResult Asset(HttpContext context, EmbedAsset asset, string kept)
    {
        context.Response.Headers.CacheControl = kept;
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return TypedResults.Bytes(asset.Content, asset.MediaType, entityTag: new EntityTagHeaderValue($"\"{asset.Version}\""));
    }
}

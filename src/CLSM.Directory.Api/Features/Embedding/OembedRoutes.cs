using System.Text;
using System.Xml;
using System.Xml.Linq;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Features.Councils;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Html;
using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Results;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Features.Embedding;

/// <summary>oEmbed: a content management system asks how a pasted link is embedded. <c>/oembed</c>.</summary>
internal static class OembedRoutes
{
    private const int KeptFor = 86_400;

    private static readonly QueryParameter Url = new TextParameter("url", 2_000, "The address of a page of this directory: `/embed/councils/{council}` or `/embed/councils?…`; the path alone will do.")
    {
        IsRequired = true,
        Example = "/embed/councils/grenoble",
    };

    private static readonly QueryParameter Format = new ChoiceParameter("format", ["json", "xml"], "json", "Format of the answer.");
    private static readonly IntegerParameter Width = new("maxwidth", 1, 10_000, 600, "Greatest width of the frame, in pixels.");
    private static readonly IntegerParameter Height = new("maxheight", 1, 10_000, Snippet.Height, "Greatest height of the frame, in pixels.");

    // WordPress sends it with every request.
    private static readonly QueryParameter DoNotTrack = new TextParameter("dnt", 10, "Sent by WordPress to ask not to track. Nothing is tracked in any case.");

    public static void Map(IEndpointRouteBuilder oembed) =>
        oembed.MapGet("", ReadAsync)
            .WithMetadata(new EndpointContract { MediaTypes = [MediaTypes.Json, MediaTypes.Xml], Parameters = [Url, Format, Width, Height, DoNotTrack] })
            .WithName("getOembed").WithTags("Embedding")
            .WithSummary("How a page of the directory is embedded (oEmbed)")
            .WithDescription("oEmbed 1.0, type `rich`: WordPress, Drupal, SPIP and others turn a pasted link to `/embed/councils/…` into a frame. Each page names this address (discovery). "
                + "The address of anything else is a 404. `format=xml`, or else an `Accept` that wants no JSON, answers in `text/xml`.")
            .Produces<Oembed>(StatusCodes.Status200OK, MediaTypes.Json, MediaTypes.Xml);

    private static async Task<IResult> ReadAsync(
        HttpContext context,
        PublishedDbContext published,
        ReadOptions reads,
        DocumentQueries documents,
        FilterResolver resolver,
        PlaceLookup places,
        CancellationToken cancellationToken)
    {
        var query = ParsedQuery.Of(context);
        if (query.GetValue(Url.Name) is not { } url)
        {
            return ApiProblem.BadParameters([new ValidationError("missing-parameter", [Url.Name]) { Parameter = Url.Name }]);
        }

        var request = new EmbedRequest(context, RequestLanguage.PrefersEnglish(context.Request) ? EmbedTexts.English : EmbedTexts.French, query);
        if (EmbedTarget.Of(request, url) is not { } target)
        {
            return ApiProblem.NotFound(url);
        }

        var found = await target.FindTitleAsync(url, request, published, reads, documents, resolver, places, cancellationToken);
        if (!found.TryGet(out var title, out var problem))
        {
            return problem;
        }

        var width = Math.Min(Width.ReadOrDefault(query), Width.Default!.Value);
        var height = Math.Min(Height.ReadOrDefault(query), Height.Default!.Value);
        var answer = new Oembed
        {
            Version = "1.0",
            Type = "rich",
            Title = title,
            ProviderName = "CLSM Directory",
            ProviderUrl = $"{request.Root}/embed",
            CacheAge = KeptFor,
            Html = Snippet.Frame(request.Root + target.Path, title, $"{width}", height).ToString(),
            Width = width,
            Height = height,
        };
        return (query.GetValue(Format.Name) is { } format ? format == "xml" : !MediaTypes.Accepts(context.Request, MediaTypes.Json))
            ? new XmlResult(answer)
            : new JsonResult<Oembed>(answer, ETags.ForContent(EmbedAsset.Program[..12], answer.ToString()), null);
    }

    /// <summary>The same members in the XML of oEmbed.</summary>
    private sealed class XmlResult(Oembed answer) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            CacheHeaders.Apply(httpContext, ETags.ForContent(EmbedAsset.Program[..12], $"xml {answer}"), null);
            httpContext.Response.ContentType = $"{MediaTypes.Xml}; charset=utf-8";
            var xml = new XElement(
                "oembed",
                new XElement("version", answer.Version),
                new XElement("type", answer.Type),
                new XElement("title", Readable(answer.Title)),
                new XElement("provider_name", answer.ProviderName),
                new XElement("provider_url", answer.ProviderUrl),
                new XElement("cache_age", answer.CacheAge),
                new XElement("html", Readable(answer.Html)),
                new XElement("width", answer.Width),
                new XElement("height", answer.Height));
            await httpContext.Response.WriteAsync($"""<?xml version="1.0" encoding="utf-8" standalone="yes"?>{xml}""", Encoding.UTF8, httpContext.RequestAborted);
        }

        /// <summary>Without the few characters that XML cannot hold.</summary>
        private static string Readable(string text) => string.Concat(text.EnumerateRunes().Where(rune => rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value)));
    }
}

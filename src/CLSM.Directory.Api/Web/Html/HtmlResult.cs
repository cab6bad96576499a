using System.Text;
using CLSM.Directory.Api.Web.Pipeline;
using CLSM.Directory.Api.Web.Results;

namespace CLSM.Directory.Api.Web.Html;

/// <summary>A page: what it may load, who may frame it, how long it may be kept.</summary>
internal sealed class HtmlResult(EmbedRequest request, Func<Html> write) : IResult
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>What the content depends on, besides the address and the language; a page without it is not kept.</summary>
    public string? Stamp { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The hosts that may frame it; any, where null.</summary>
    public IReadOnlyList<string>? AllowedHosts { get; init; }

    /// <summary>Whether it shows another page of the directory in a frame.</summary>
    public bool HasFrame { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        SecurityHeaders.Use(httpContext, Policy());
        response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        response.Headers.ContentLanguage = request.Words.Language;
        response.Headers.CacheControl = "no-store";
        if (Stamp is not null)
        {
            var etag = ETags.ForContent(Stamp, $"{EmbedAsset.Program} {request.Words.Language} {request.Root}{httpContext.Request.Path}{httpContext.Request.QueryString}");
            CacheHeaders.Apply(httpContext, etag, UpdatedAt);
            if (ETags.Matches(httpContext.Request, etag))
            {
                response.Headers.Vary = "Accept-Language";
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        response.Headers.Vary = "Accept-Language";
        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        await response.WriteAsync(write().ToString(), Encoding.UTF8, httpContext.RequestAborted);
    }

    private string Policy() =>
        $"default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'{(HasFrame ? "; frame-src 'self'" : "")}{Ancestors()}";

    /// <summary>
    /// Nothing is said where anybody may frame it: even "*" would keep out a file that somebody tries it in, and previews of content management
    /// systems. Else each host by its whole name and over https, since a joker would let in what is below it.
    /// </summary>
    private string Ancestors() => AllowedHosts is null ? "" : $"; frame-ancestors {string.Join(' ', AllowedHosts.Select(host => $"https://{host}").Prepend("'self'"))}";
}

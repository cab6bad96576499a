using System.Text.Json;
using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Results;

namespace CLSM.Directory.Api.Features.Search;

/// <summary>A page of hits, with a Link to the next.</summary>
internal sealed class SearchPageAnswer(SearchAnswer answer, string etag) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        CacheHeaders.Apply(httpContext, etag, null);
        var response = httpContext.Response;
        if (answer.Page.Next is { } next)
        {
            response.Headers.Link = $"<{CacheHeaders.WithCursor(httpContext.Request, next)}>; rel=\"next\"";
        }

        response.ContentType = MediaTypes.Json;
        await using var writer = new Utf8JsonWriter(response.BodyWriter, CacheHeaders.Json);
        JsonSerializer.Serialize(writer, answer, SearchJsonContext.Instance.SearchAnswer);
    }
}

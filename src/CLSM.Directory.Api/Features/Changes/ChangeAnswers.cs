using System.Text.Json;
using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Results;

namespace CLSM.Directory.Api.Features.Changes;

/// <summary>
/// A page of the feed. Its ETag is how far it reaches into the log: a full page never changes any more and may be kept for long, the page at
/// the end is only good until the next change.
/// </summary>
internal sealed class ChangePageAnswer(ChangeBatch batch, ChangeQuery query, string after, bool hasWaited) : IResult
{
    private const string Kept = "public, max-age=3600, stale-while-revalidate=86400, stale-if-error=86400";
    private const string AtTheEnd = "public, max-age=1, stale-while-revalidate=5, stale-if-error=86400";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var tag = ETags.ForContent($"{batch.LastCursor}{(batch.HasMore ? "" : "-end")}", $"{request.Path}{request.QueryString}");
        CacheHeaders.Apply(httpContext, tag, batch.LastChangeAt);
        if (hasWaited)
        {
            response.Headers.CacheControl = "no-store";
        }
        else if (!(httpContext.User.Identity?.IsAuthenticated == true))
        {
            response.Headers.CacheControl = batch.HasMore ? Kept : AtTheEnd;
        }

        if (batch.HasMore)
        {
            response.Headers.Link = $"<{Address(request)}>; rel=\"next\"";
        }

        if (ETags.Matches(request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = MediaTypes.Json;
        var page = new ChangePage
        {
            Items = [.. batch.Entries.Select(entry => entry.Entry)],
            Information = new ChangePageInformation { Size = query.Limit, Next = batch.HasMore ? after : null, After = after },
        };
        await JsonSerializer.SerializeAsync(response.Body, page, ChangesJsonContext.Instance.ChangePage, httpContext.RequestAborted);
    }

    private string Address(HttpRequest request)
    {
        var others = request.Query.Where(pair => pair.Key != ChangeQuery.AfterName).SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value));
        return $"{request.PathBase}{request.Path}{QueryString.Create(others.Append(KeyValuePair.Create<string, string?>(ChangeQuery.AfterName, after)))}";
    }
}

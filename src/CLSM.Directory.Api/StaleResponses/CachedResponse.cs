using System.Globalization;
using CLSM.Directory.Api.Web.Pipeline;
using CLSM.Directory.Api.Web.Results;
using Microsoft.Extensions.Primitives;

namespace CLSM.Directory.Api.StaleResponses;

/// <summary>The last response to a request that everybody may make: the same bytes, with headers that say how old they are.</summary>
internal sealed class CachedResponse : IResult
{
    /// <summary>RFC 9211: this answer was not made for this request.</summary>
    public const string CacheStatus = "Cache-Status";

    // What belongs to the answer. All others belong to one request: who asked, from where, how often.
    private static readonly string[] Kept =
        ["Content-Type", "Content-Language", "Content-Disposition", "ETag", "Last-Modified", "Cache-Control", "Vary", "Link", "Cross-Origin-Resource-Policy"];

    private readonly List<KeyValuePair<string, StringValues>> headers;
    private readonly string? policy;
    private readonly byte[] body;
    private readonly IEnumerable<IStaleBodyDecorator> decorators;
    private readonly TimeProvider time;
    private long confirmedAt;

    public CachedResponse(HttpContext context, byte[] body, IEnumerable<IStaleBodyDecorator> decorators, TimeProvider time)
    {
        this.decorators = decorators;
        this.time = time;
        headers = [.. context.Response.Headers.Where(header => Kept.Contains(header.Key, StringComparer.OrdinalIgnoreCase))];
        policy = SecurityHeaders.PolicyOf(context);
        this.body = body;
        confirmedAt = time.GetUtcNow().UtcTicks;
    }

    public int Length => body.Length;

    public string? ETag => Header("ETag");

    /// <summary>When the database last gave this response.</summary>
    public DateTimeOffset ConfirmedAt => new(Interlocked.Read(ref confirmedAt), TimeSpan.Zero);

    /// <summary>Notes that the database has just given the same response.</summary>
    public void Revalidate() => Interlocked.Exchange(ref confirmedAt, time.GetUtcNow().UtcTicks);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        foreach (var (name, value) in headers)
        {
            response.Headers[name] = value;
        }

        var age = (long)Math.Max(0, (time.GetUtcNow() - ConfirmedAt).TotalSeconds);
        response.Headers.Age = age.ToString(CultureInfo.InvariantCulture);

        // Obsolete since RFC 9111, and still what many clients look for.
        response.Headers.Warning = "110 - \"Response is Stale\"";
        response.Headers[CacheStatus] = "clsm-directory; hit; detail=database-unreachable";
        if (policy is not null)
        {
            SecurityHeaders.Use(httpContext, policy);
        }

        if (ETag is { } etag && ETags.Matches(httpContext.Request, etag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var shown = body;
        var (mediaType, language) = (Header("Content-Type"), Header("Content-Language"));
        if (decorators.Select(decorator => decorator.Decorate(body, mediaType, language, ConfirmedAt)).FirstOrDefault(page => page is not null) is { } decorated)
        {
            // Another page than the one that has the ETag: nobody shall go on showing it once the directory answers again.
            shown = decorated;
            response.Headers.Remove("ETag");
            response.Headers.Remove("Last-Modified");
            response.Headers.CacheControl = "no-store";
        }

        response.StatusCode = StatusCodes.Status200OK;
        await response.Body.WriteAsync(shown, httpContext.RequestAborted);
    }

    private string? Header(string name) => headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value is { Count: > 0 } value ? value.ToString() : null;
}

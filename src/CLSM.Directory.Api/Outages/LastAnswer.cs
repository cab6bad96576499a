using System.Globalization;
using CLSM.Directory.Api.Embedding;
using CLSM.Directory.Api.Http;
using Microsoft.Extensions.Primitives;

namespace CLSM.Directory.Api.Outages;

/// <summary>What the directory last said to a question that everybody may ask: the same bytes, with headers that say how old they are.</summary>
internal sealed class LastAnswer : IResult
{
    /// <summary>RFC 9211: this answer was not made for this request.</summary>
    public const string CacheStatus = "Cache-Status";

    // What belongs to the answer. All others belong to one request: who asked, from where, how often.
    private static readonly string[] Kept =
        ["Content-Type", "Content-Language", "Content-Disposition", "ETag", "Last-Modified", "Cache-Control", "Vary", "Link", "Cross-Origin-Resource-Policy"];

    private readonly List<KeyValuePair<string, StringValues>> headers;
    private readonly string? policy;
    private readonly byte[] body;
    private long confirmedAt;

    public LastAnswer(HttpContext context, byte[] body, DateTimeOffset now)
    {
        headers = [.. context.Response.Headers.Where(header => Kept.Contains(header.Key, StringComparer.OrdinalIgnoreCase))];
        policy = SecurityHeaders.PolicyOf(context);
        this.body = body;
        confirmedAt = now.UtcTicks;
    }

    public int Length => body.Length;

    public string? ETag => Header("ETag");

    /// <summary>When the database last said so.</summary>
    public DateTimeOffset ConfirmedAt => new(Interlocked.Read(ref confirmedAt), TimeSpan.Zero);

    /// <summary>The database has just said the same again.</summary>
    public void Confirm(DateTimeOffset now) => Interlocked.Exchange(ref confirmedAt, now.UtcTicks);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        foreach (var (name, value) in headers)
        {
            response.Headers[name] = value;
        }

        var age = (long)Math.Max(0, (httpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() - ConfirmedAt).TotalSeconds);
        response.Headers.Age = age.ToString(CultureInfo.InvariantCulture);

        // Obsolete since RFC 9111, and still what many clients look for.
        response.Headers.Warning = "110 - \"Response is Stale\"";
        response.Headers[CacheStatus] = "clsm-directory; hit; detail=database-unreachable";
        if (policy is not null)
        {
            SecurityHeaders.Use(httpContext, policy);
        }

        if (ETag is { } etag && EntityTags.IsHeld(httpContext.Request, etag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var said = body;
        if (StaleNotice.Into(body, Header("Content-Type"), Header("Content-Language"), ConfirmedAt) is { } noticed)
        {
            // Another page than the one that has the ETag: nobody shall go on showing it once the directory answers again.
            said = noticed;
            response.Headers.Remove("ETag");
            response.Headers.Remove("Last-Modified");
            response.Headers.CacheControl = "no-store";
        }

        response.StatusCode = StatusCodes.Status200OK;
        await response.Body.WriteAsync(said, httpContext.RequestAborted);
    }

    private string? Header(string name) => headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value is { Count: > 0 } value ? value.ToString() : null;
}

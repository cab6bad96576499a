using System.Text.Json;
using CLSM.Directory.Api.Web.Paging;

namespace CLSM.Directory.Api.Web.Results;

/// <summary>Headers that all answers share.</summary>
internal static class CacheHeaders
{
    public static readonly JsonWriterOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Apply(HttpContext context, string etag, DateTimeOffset? updatedAt)
    {
        var headers = context.Response.Headers;
        headers.ETag = etag;
        headers.Vary = "Authorization, Accept, Accept-Language";
        headers.CacheControl = context.User.Identity?.IsAuthenticated == true
            ? "private, no-cache"
            : "public, max-age=30, stale-while-revalidate=60, stale-if-error=86400";
        if (updatedAt is { } instant)
        {
            headers.LastModified = instant.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    public static string WithCursor(HttpRequest request, string cursor)
    {
        var others = request.Query.Where(pair => pair.Key != PageRequest.CursorName)
            .SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value));
        var query = QueryString.Create(others.Append(KeyValuePair.Create<string, string?>(PageRequest.CursorName, cursor)));
        return $"{request.PathBase}{request.Path}{query}";
    }
}

using Microsoft.Net.Http.Headers;

namespace CLSM.Directory.Api.Web.Negotiation;

/// <summary>Media types of the contract.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string MergePatch = "application/merge-patch+json";
    public const string Ndjson = "application/x-ndjson";
    public const string Csv = "text/csv";
    public const string GeoJson = "application/geo+json";
    public const string Xml = "text/xml";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string Problem = "application/problem+json";
    public const string EventStream = "text/event-stream";

    /// <summary>Whether a Content-Type names the media type; only UTF-8 is read.</summary>
    public static bool Is(string? contentType, string mediaType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var parsed)
        && parsed.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
        && (!parsed.Charset.HasValue || parsed.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || parsed.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether an Accept header leaves room for the media type.</summary>
    public static bool Accepts(HttpRequest request, string mediaType) => Quality(request, mediaType) > 0;

    /// <summary>How much an Accept header wants the media type: 0 is not at all.</summary>
    public static double Quality(HttpRequest request, string mediaType)
    {
        var accepted = request.GetTypedHeaders().Accept;
        if (accepted.Count == 0)
        {
            // An unreadable header is not the same as none.
            return request.Headers.Accept.Count == 0 || string.IsNullOrWhiteSpace(request.Headers.Accept) ? 1 : 0;
        }

        var wanted = new MediaTypeHeaderValue(mediaType);
        return accepted
            .Where(range => wanted.IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)))
            .OrderByDescending(range => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2)
            .Select(range => range.Quality ?? 1)
            .FirstOrDefault();
    }
}

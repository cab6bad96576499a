using System.Text.Json.Nodes;
using CLSM.Directory.Api.Features.Exports;
using CLSM.Directory.Api.StaleResponses;
using Microsoft.OpenApi;

namespace CLSM.Directory.Api.OpenApi;

/// <summary>Response headers, each described once.</summary>
internal static class SharedHeaders
{
    private const string AnyOrigin = "Access-Control-Allow-Origin";
    private const string RateLimit = "RateLimit";
    private const string RateLimitPolicy = "RateLimit-Policy";

    private static readonly Dictionary<string, OpenApiHeader> All = new(StringComparer.Ordinal)
    {
        ["Accept"] = Text("The media type that a body must have here.", "application/json"),
        ["Accept-Patch"] = Text("The media type that a patch must have here.", "application/merge-patch+json"),
        [AnyOrigin] = Word("Pages of any origin may read what is public; sent where the request has an `Origin`.", "*"),
        ["Cache-Control"] = Text("How long the answer may be kept.", "public, max-age=30, stale-while-revalidate=60, stale-if-error=86400"),
        ["Age"] = new OpenApiHeader
        {
            Description = "Seconds since the database last said so; absent where it has just done so.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "0", Maximum = "86400" },
            Example = 12,
        },
        [CachedResponse.CacheStatus] = Text("The database cannot be reached, and this is what it said last (RFC 9211); `Warning: 110` says so too. Absent where it has just said so.", "clsm-directory; hit; detail=database-unreachable"),
        ["Accept-Ranges"] = Word("Exports are not stored, so no part of one can be asked for: begin again, or hold an ETag.", "none"),
        [ExportRoutes.CursorHeader] = Text("Cursor of the change feed at the instant of the answer: `/v1/changes?after=` goes on from here.", "AAAAAAAAACp3d1vVlPZyVg", "^[A-Za-z0-9_-]+$"),
        ["Content-Disposition"] = Text("Name for the file.", "attachment; filename=\"clsm-councils-2026-11-22.csv\""),
        ["Content-Language"] = Word("Language of the problem.", "fr", "en"),
        ["ETag"] = Text("Version of the answer, for `If-None-Match` and `If-Match`.", "\"3\"", "^(W/)?\"[0-9a-z-]+\"$"),
        ["Idempotent-Replayed"] = Word("The answer is that of the first request with this `Idempotency-Key`.", "true"),
        ["Last-Modified"] = Text("When what is answered last changed.", "Sun, 22 Nov 2026 08:00:00 GMT"),
        ["Link"] = Text("The next page (`rel=\"next\"`), absent on the last one.", "</v1/councils?limit=1&cursor=Y29uc2VpbA>; rel=\"next\"", "^<[^>]+>; rel=\"[a-z-]+\"$"),
        ["Location"] = Text("The address to go to.", "/v1/councils/grenoble"),
        [RateLimit] = Text("What is left to this caller: `r` requests, and all of them again in `t` seconds (draft-ietf-httpapi-ratelimit-headers).", "\"anonymous\";r=1199;t=1"),
        [RateLimitPolicy] = Text("What this caller may ask: `q` requests at once, and as many again over `w` seconds. Absent where requests are not counted.", "\"anonymous\";q=1200;w=60"),
        ["Retry-After"] = new OpenApiHeader
        {
            Description = "Seconds to wait.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "0", Maximum = "3600" },
            Example = 5,
        },
        ["Vary"] = Text("Request headers that the answer depends on.", "Authorization, Accept, Accept-Language"),
        ["WWW-Authenticate"] = Text("How to send a key.", "Bearer"),
    };

    /// <summary>References to these headers, and to those that every answer has.</summary>
    public static Dictionary<string, IOpenApiHeader> Of(OpenApiDocument document, params IEnumerable<string> names) =>
        names.Union([AnyOrigin, RateLimit, RateLimitPolicy]).Order(StringComparer.Ordinal).ToDictionary(name => name, IOpenApiHeader (name) => new OpenApiHeaderReference(name, document), StringComparer.Ordinal);

    public static void AddTo(OpenApiDocument document)
    {
        foreach (var (name, header) in All)
        {
            document.AddComponent(name, header);
        }
    }

    private static OpenApiHeader Text(string description, string example, string pattern = "^[ -~]+$") => new()
    {
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = pattern, MaxLength = 8000 },
        Example = example,
    };

    private static OpenApiHeader Word(string description, params string[] words) => new()
    {
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. words.Select(word => (JsonNode)word)] },
        Example = words[0],
    };
}

using System.Text.Json;
using CLSM.Directory.Api.Web.Json;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Api.Web.Results;

namespace CLSM.Directory.Api.Http;

/// <summary>One resource, with its version as ETag; 304 where the client holds it already.</summary>
internal sealed class ResourceAnswer<T>(T resource, string etag, DateTimeOffset? updatedAt) : IReplayableResult
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    public string? Location { get; init; }

    public FieldSelection? Fields { get; init; }

    /// <summary>Id of the resource, which a stored response names.</summary>
    public Guid? ResourceId { get; init; }

    public StoredResponse ToStoredResponse(HttpContext context) =>
        new(Status, Location, etag, updatedAt, JsonSerializer.SerializeToUtf8Bytes(resource, context.JsonTypeInfo<T>()))
        {
            ResourceId = ResourceId,
        };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        AnswerHeaders.Write(httpContext, etag, updatedAt);
        if (HttpMethods.IsGet(httpContext.Request.Method) && EntityTags.IsHeld(httpContext.Request, etag))
        {
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        httpContext.Response.StatusCode = Status;
        if (Location is not null)
        {
            httpContext.Response.Headers.Location = Location;
        }

        httpContext.Response.ContentType = MediaTypes.Json;
        await using var writer = new Utf8JsonWriter(httpContext.Response.BodyWriter, AnswerHeaders.Json);
        var information = httpContext.JsonTypeInfo<T>();
        if (Fields is null)
        {
            JsonSerializer.Serialize(writer, resource, information);
        }
        else
        {
            Fields.Write(writer, resource, information);
        }
    }
}

/// <summary>Nothing has changed since the client asked.</summary>
internal sealed class NotModifiedAnswer(string etag) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        AnswerHeaders.Write(httpContext, etag, null);
        httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
        return Task.CompletedTask;
    }
}

/// <summary>Headers that all answers share.</summary>
internal static class AnswerHeaders
{
    public static readonly JsonWriterOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(HttpContext context, string etag, DateTimeOffset? updatedAt)
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

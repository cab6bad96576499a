using System.Text.Json;
using CLSM.Directory.Api.Web.Json;
using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Parameters;

namespace CLSM.Directory.Api.Web.Results;

/// <summary>
/// One value as JSON. With an ETag it may be cached and is 304 where the client holds it; without one no cache may store it.
/// </summary>
internal sealed class JsonResult<T>(T value, string? etag = null, DateTimeOffset? updatedAt = null) : IReplayableResult
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    public string? Location { get; init; }

    /// <summary>The members that are wanted; all of them without it.</summary>
    public FieldSelection? Fields { get; init; }

    /// <summary>Whether a cache must ask again each time, also for what is public.</summary>
    public bool MustRevalidate { get; init; }

    /// <summary>Id of the resource, which a stored response names.</summary>
    public Guid? ResourceId { get; init; }

    public StoredResponse ToStoredResponse(HttpContext context) =>
        new(Status, Location, etag, updatedAt, JsonSerializer.SerializeToUtf8Bytes(value, context.JsonTypeInfo<T>()))
        {
            ResourceId = ResourceId,
        };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        WriteCacheHeaders(httpContext);
        if (etag is not null && HttpMethods.IsGet(httpContext.Request.Method) && ETags.Matches(httpContext.Request, etag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.StatusCode = Status;
        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        response.ContentType = MediaTypes.Json;
        await using var writer = new Utf8JsonWriter(response.BodyWriter, CacheHeaders.Json);
        var information = httpContext.JsonTypeInfo<T>();
        if (Fields is null)
        {
            JsonSerializer.Serialize(writer, value, information);
        }
        else
        {
            Fields.Write(writer, value, information);
        }
    }

    private void WriteCacheHeaders(HttpContext context)
    {
        if (etag is null)
        {
            context.Response.Headers.CacheControl = "no-store";
            return;
        }

        CacheHeaders.Apply(context, etag, updatedAt);
        if (MustRevalidate)
        {
            context.Response.Headers.CacheControl = context.User.Identity?.IsAuthenticated == true ? "private, no-cache" : "public, no-cache";
        }
    }
}

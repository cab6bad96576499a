using System.Text.Json;
using CLSM.Directory.Api.Web.Json;
using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Api.Web.Parameters;

namespace CLSM.Directory.Api.Web.Results;

/// <summary>A page of a list: <c>items</c> and <c>page</c>, with a Link to the next.</summary>
internal sealed class PageResult<T>(Page<T> page, FieldSelection fields, string etag, DateTimeOffset? updatedAt) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        CacheHeaders.Apply(httpContext, etag, updatedAt);
        var response = httpContext.Response;

        // A query in a body has no address to go on with.
        if (page.Information.Next is { } next && HttpMethods.IsGet(httpContext.Request.Method))
        {
            response.Headers.Link = $"<{CacheHeaders.WithCursor(httpContext.Request, next)}>; rel=\"next\"";
        }

        response.ContentType = MediaTypes.Json;
        await using var writer = new Utf8JsonWriter(response.BodyWriter, CacheHeaders.Json);
        var information = httpContext.JsonTypeInfo<T>();
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        foreach (var item in page.Items)
        {
            fields.Write(writer, item, information);
        }

        writer.WriteEndArray();
        writer.WritePropertyName("page");
        JsonSerializer.Serialize(writer, page.Information, PagingJsonContext.Instance.PageInformation);
        writer.WriteEndObject();
    }
}

/// <summary>Makes results of pages.</summary>
internal static class PageResult
{
    /// <summary>Answers with a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="fields">The members of each item that are wanted.</param>
    /// <param name="etag">The ETag of the page.</param>
    /// <param name="updatedAt">When something in it last changed; null where that is not known.</param>
    public static PageResult<T> From<T>(Page<T> page, FieldSelection fields, string etag, DateTimeOffset? updatedAt) => new(page, fields, etag, updatedAt);
}

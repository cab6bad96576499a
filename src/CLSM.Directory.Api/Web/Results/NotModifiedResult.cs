namespace CLSM.Directory.Api.Web.Results;

/// <summary>304: the client holds this answer.</summary>
internal sealed class NotModifiedResult(string etag) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        CacheHeaders.Apply(httpContext, etag, null);
        httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
        return Task.CompletedTask;
    }
}

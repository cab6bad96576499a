using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Web.Pipeline;
using Microsoft.AspNetCore.Http.Features;

namespace CLSM.Directory.Api.StaleResponses;

/// <summary>Answers public reads with the last response while the database does not answer. Runs after authentication.</summary>
internal sealed class StaleResponseMiddleware(RequestDelegate next, StaleResponseCache cache)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!IsForEverybody(context))
        {
            await next(context);
            return;
        }

        try
        {
            await (HeadRequestMiddleware.Is(context) ? next(context) : RecordAsync(context));
        }
        catch (Exception exception) when (!context.Response.HasStarted && DatabaseFailures.IsUnavailable(exception) && cache.Find(context) is { } last)
        {
            context.Response.Clear();
            await last.ExecuteAsync(context);
        }
    }

    private async Task RecordAsync(HttpContext context)
    {
        var startedAt = cache.Changed;
        var client = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var copy = new ResponseRecorder(client, StaleResponseCache.MaxBytesOfOne);
        context.Features.Set<IHttpResponseBodyFeature>(copy);
        try
        {
            await next(context);
            await copy.FinishAsync();
        }
        finally
        {
            context.Features.Set(client);
        }

        if (context.RequestAborted.IsCancellationRequested)
        {
            // Perhaps broken off, and nobody knows where.
        }
        else if (context.Response.Headers.ContainsKey(CachedResponse.CacheStatus))
        {
            // Kept already, and no younger for having been shown.
        }
        else if (context.Response.StatusCode == StatusCodes.Status200OK && copy.Bytes is { Length: > 0 } bytes)
        {
            cache.Keep(context, bytes, startedAt);
        }
        else if (context.Response.StatusCode == StatusCodes.Status304NotModified)
        {
            cache.Revalidate(context, startedAt);
        }
    }

    /// <summary>Exports are of one instant, which their follower goes on from: a new one is asked for later.</summary>
    private static bool IsForEverybody(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Request.Headers.Authorization.Count == 0
        && !context.Request.Path.StartsWithSegments("/v1/exports", StringComparison.Ordinal);
}

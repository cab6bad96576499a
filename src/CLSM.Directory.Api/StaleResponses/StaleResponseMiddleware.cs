using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Web.Pipeline;
using Microsoft.AspNetCore.Http.Features;

namespace CLSM.Directory.Api.StaleResponses;

/// <summary>Answers public reads with the last response while the database does not answer. Runs after authentication.</summary>
internal static class StaleResponseMiddleware
{
    public static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (!IsForEverybody(context))
        {
            await next(context);
            return;
        }

        var answers = context.RequestServices.GetRequiredService<StaleResponseCache>();
        try
        {
            await (HeadRequestMiddleware.Is(context) ? next(context) : RecordAsync(context, next, answers));
        }
        catch (Exception exception) when (!context.Response.HasStarted && DatabaseFailures.IsUnavailable(exception) && answers.Find(context) is { } last)
        {
            context.Response.Clear();
            await last.ExecuteAsync(context);
        }
    }

    private static async Task RecordAsync(HttpContext context, RequestDelegate next, StaleResponseCache answers)
    {
        var startedAt = answers.Changed;
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
            answers.Keep(context, bytes, startedAt);
        }
        else if (context.Response.StatusCode == StatusCodes.Status304NotModified)
        {
            answers.Revalidate(context, startedAt);
        }
    }

    /// <summary>Exports are of one instant, which their follower goes on from: a new one is asked for later.</summary>
    private static bool IsForEverybody(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Request.Headers.Authorization.Count == 0
        && !context.Request.Path.StartsWithSegments("/v1/exports", StringComparison.Ordinal);
}

using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Persistence;
using Microsoft.AspNetCore.Http.Features;

namespace CLSM.Directory.Api.Outages;

/// <summary>Where the database does not answer, who reads what is public hears what it last said. It comes after the caller is known.</summary>
internal static class OutageAnswers
{
    public static void AddOutageAnswers(this IServiceCollection services)
    {
        services.AddSingleton(provider => provider.GetRequiredService<IConfiguration>().GetSection(OutageSettings.Section).Get<OutageSettings>() ?? new OutageSettings());
        services.AddSingleton<ChangedCouncils>();
        services.AddSingleton<LastAnswers>();
        services.AddSingleton<INotificationSubscriber>(provider => provider.GetRequiredService<LastAnswers>());
    }

    public static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (!IsForEverybody(context))
        {
            await next(context);
            return;
        }

        var answers = context.RequestServices.GetRequiredService<LastAnswers>();
        try
        {
            await (HeadRequests.Is(context) ? next(context) : TakeAsync(context, next, answers));
        }
        catch (Exception exception) when (!context.Response.HasStarted && Failures.IsDatabaseAway(exception) && answers.Find(context) is { } last)
        {
            context.Response.Clear();
            await last.ExecuteAsync(context);
        }
    }

    private static async Task TakeAsync(HttpContext context, RequestDelegate next, LastAnswers answers)
    {
        var begun = answers.Changed;
        var client = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var copy = new AnswerCopy(client, LastAnswers.MostBytesOfOne);
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
        else if (context.Response.Headers.ContainsKey(LastAnswer.CacheStatus))
        {
            // Kept already, and no younger for having been shown.
        }
        else if (context.Response.StatusCode == StatusCodes.Status200OK && copy.Bytes is { Length: > 0 } bytes)
        {
            answers.Keep(context, bytes, begun);
        }
        else if (context.Response.StatusCode == StatusCodes.Status304NotModified)
        {
            answers.Confirm(context, begun);
        }
    }

    /// <summary>Exports are of one instant, which their follower goes on from: a new one is asked for later.</summary>
    private static bool IsForEverybody(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Request.Headers.Authorization.Count == 0
        && !context.Request.Path.StartsWithSegments("/v1/exports", StringComparison.Ordinal);
}

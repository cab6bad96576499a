using CLSM.Directory.Api.Http;
using Npgsql;

namespace CLSM.Directory.Api.Retries;

/// <summary>
/// Does a write again that PostgreSQL gave up for the sake of another (a deadlock, a serialisation failure): nothing of it was stored, and
/// nothing was answered yet.
/// </summary>
internal static class TransactionRetries
{
    public const int MostAttempts = 4;

    public static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method)
            || context.Request.ContentLength > RequestBody.MostBytes)
        {
            await next(context);
            return;
        }

        context.Request.EnableBuffering(RequestBody.MostBytes);
        for (var attempt = 1; attempt < MostAttempts; attempt++)
        {
            try
            {
                await AttemptAsync(context, next, isFirst: attempt == 1);
                return;
            }
            catch (Exception exception) when (!context.Response.HasStarted && IsForAnother(exception))
            {
                context.Request.Body.Position = 0;
            }

            await Task.Delay(Random.Shared.Next(attempt * 10, attempt * 40), context.RequestAborted);
        }

        await AttemptAsync(context, next, isFirst: false);
    }

    /// <summary>Each attempt has nothing left of the one before: no tracked row, no tenant.</summary>
    private static async Task AttemptAsync(HttpContext context, RequestDelegate next, bool isFirst)
    {
        if (isFirst)
        {
            await next(context);
            return;
        }

        var services = context.RequestServices;
        await using var scope = services.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            await next(context);
        }
        finally
        {
            context.RequestServices = services;
        }
    }

    /// <summary>Whether a transaction was given up for another one, and would succeed alone.</summary>
    public static bool IsForAnother(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure })
            {
                return true;
            }
        }

        return false;
    }
}

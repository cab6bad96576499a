using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.StaleResponses;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Features.Health;

/// <summary>
/// Tells whoever runs the service whether the process lives and whether it can serve. A node that has lost its database is degraded, not
/// unready: out of service, with all others that share the database, it could not give the public the answers that it still has.
/// </summary>
internal static class HealthFeature
{
    // Probes wait for a second.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(800);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Text("live")).ExcludeFromDescription();
        routes.MapGet("/health/ready", ReadyAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(HttpContext context, PublishedDbContext published, ChangedCouncilReader changes, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await published.ChangeLogState.Select(head => head.Cursor).SingleAsync(limit.Token);
            return TypedResults.Text("ready");
        }
        catch (Exception exception) when (DatabaseFailures.IsUnavailable(exception) || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            context.Response.Headers.RetryAfter = "5";
            return changes.Seen >= 0
                ? TypedResults.Text("degraded: the database does not answer; public reads that were answered lately go on, all else is refused")
                : TypedResults.Text("not ready: the database does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}

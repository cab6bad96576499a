using CLSM.Directory.Api.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CLSM.Directory.Api.Http;

/// <summary>Whether the process lives and whether it can serve, for whoever runs it.</summary>
internal static class HealthRoutes
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Text("live")).ExcludeFromDescription();
        routes.MapGet("/health/ready", ReadyAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(HttpContext context, PublishedDbContext published, CancellationToken cancellationToken)
    {
        try
        {
            await published.ChangeHead.Select(head => head.Cursor).SingleAsync(cancellationToken);
            return TypedResults.Text("ready");
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException { InnerException: NpgsqlException })
        {
            context.Response.Headers.RetryAfter = "5";
            return TypedResults.Text("the database does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}

using CLSM.Directory.Api.Web.Problems;
using Microsoft.AspNetCore.Diagnostics;

namespace CLSM.Directory.Api.Database;

/// <summary>Turns failures of the database into problems: 503 while it is unavailable, 409 for a conflict.</summary>
internal sealed partial class DatabaseExceptionHandler(ILogger<DatabaseExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (DatabaseFailures.IsUnavailable(exception))
        {
            Unavailable(logger, exception);
            await new ApiProblem(StatusCodes.Status503ServiceUnavailable, "unavailable") { Headers = [("Retry-After", "5")] }.ExecuteAsync(httpContext);
            return true;
        }

        if (DatabaseFailures.IsConflict(exception))
        {
            await new ApiProblem(StatusCodes.Status409Conflict, "conflict").ExecuteAsync(httpContext);
            return true;
        }

        return false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not answer")]
    private static partial void Unavailable(ILogger logger, Exception exception);
}

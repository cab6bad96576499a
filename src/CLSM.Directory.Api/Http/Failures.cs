using CLSM.Directory.Api.Web.Problems;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace CLSM.Directory.Api.Http;

/// <summary>Turns what nobody expected, and what the framework answers by itself, into problem+json.</summary>
internal sealed partial class Failures(ILogger<Failures> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        await RefusalFor(httpContext, exception).ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>Empty answers of the framework: unknown paths, wrong methods.</summary>
    public static Task DescribeStatusAsync(StatusCodeContext status)
    {
        var context = status.HttpContext;
        if (context.Response.Headers.Allow.ToString() is var allowed && allowed.Contains("GET", StringComparison.Ordinal))
        {
            context.Response.Headers.Allow = $"{allowed}, HEAD";
        }

        var refusal = context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => new Refusal(StatusCodes.Status404NotFound, "unknown-path"),
            StatusCodes.Status405MethodNotAllowed => new Refusal(StatusCodes.Status405MethodNotAllowed, "method-not-allowed", context.Request.Method),
            StatusCodes.Status406NotAcceptable => new Refusal(StatusCodes.Status406NotAcceptable, "not-acceptable", MediaTypes.Json),
            StatusCodes.Status415UnsupportedMediaType => Refusal.UnsupportedMediaType(HttpMethods.IsPatch(context.Request.Method) ? MediaTypes.MergePatch : MediaTypes.Json),
            var other => new Refusal(other, "bad-request"),
        };
        return refusal.ExecuteAsync(context);
    }

    private Refusal RefusalFor(HttpContext context, Exception exception)
    {
        if (exception is BadHttpRequestException bad)
        {
            return bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new Refusal(bad.StatusCode, "content-too-large", RequestBody.MostBytes)
                : new Refusal(bad.StatusCode, "bad-request");
        }

        if (exception is ApiProblemException expected)
        {
            if (expected.OperatorMessage is { } message)
            {
                OperatorMustAct(logger, message);
            }

            return expected.Problem;
        }

        if (IsDatabaseAway(exception))
        {
            DatabaseAway(logger, exception);
            return new Refusal(StatusCodes.Status503ServiceUnavailable, "unavailable") { Headers = [("Retry-After", "5")] };
        }

        if (exception is DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation } }
            or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation })
        {
            return new Refusal(StatusCodes.Status409Conflict, "conflict");
        }

        if (exception is DbUpdateException { InnerException: PostgresException { ConstraintName: "succession_no_loop" } })
        {
            // Two councils were given to each other at once.
            return new Refusal(StatusCodes.Status409Conflict, "conflict");
        }

        Unexpected(logger, context.TraceIdentifier, exception);
        return new Refusal(StatusCodes.Status500InternalServerError, "internal", context.TraceIdentifier);
    }

    /// <summary>The database cannot be reached, is starting or stopping, is out of room or of connections, or took too long.</summary>
    public static bool IsDatabaseAway(Exception exception) => exception switch
    {
        // The server ended the session, whatever it says: shutting down, out of connections, restoring, locked out.
        PostgresException { InvariantSeverity: "FATAL" or "PANIC" } => true,
        PostgresException { SqlState: var state } =>
            state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("57", StringComparison.Ordinal) || state.StartsWith("58", StringComparison.Ordinal)
            || state is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.StatementCompletionUnknown
            // A server that is not the primary any more, or not yet.
            or PostgresErrorCodes.ReadOnlySqlTransaction
            // Not migrated yet.
            or PostgresErrorCodes.UndefinedTable,
        NpgsqlException => true,
        // EF Core wraps what may pass twice: "likely due to a transient failure" around the failure to save.
        DbUpdateException or RetryLimitExceededException or InvalidOperationException => exception.InnerException is { } inner && IsDatabaseAway(inner),
        TimeoutException => true,
        _ => false,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Message}")]
    private static partial void OperatorMustAct(ILogger logger, string message);

    [LoggerMessage(Level = LogLevel.Error, Message = "Unexpected failure {Trace}")]
    private static partial void Unexpected(ILogger logger, string trace, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not answer")]
    private static partial void DatabaseAway(ILogger logger, Exception exception);
}

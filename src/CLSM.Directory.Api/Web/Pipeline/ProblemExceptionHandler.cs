using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Requests;
using Microsoft.AspNetCore.Diagnostics;

namespace CLSM.Directory.Api.Web.Pipeline;

/// <summary>Turns exceptions, and the empty answers of the framework, into problem+json. Comes after the handlers of other floors.</summary>
internal sealed partial class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        await ProblemOf(httpContext, exception).ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>Describes the empty answers of the framework: unknown paths, wrong methods.</summary>
    public static Task DescribeStatusAsync(StatusCodeContext status)
    {
        var context = status.HttpContext;
        if (context.Response.Headers.Allow.ToString() is var allowed && allowed.Contains("GET", StringComparison.Ordinal))
        {
            context.Response.Headers.Allow = $"{allowed}, HEAD";
        }

        var problem = context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => new ApiProblem(StatusCodes.Status404NotFound, "unknown-path"),
            StatusCodes.Status405MethodNotAllowed => new ApiProblem(StatusCodes.Status405MethodNotAllowed, "method-not-allowed", context.Request.Method),
            StatusCodes.Status406NotAcceptable => new ApiProblem(StatusCodes.Status406NotAcceptable, "not-acceptable", MediaTypes.Json),
            StatusCodes.Status415UnsupportedMediaType =>
                ApiProblem.UnsupportedMediaType(HttpMethods.IsPatch(context.Request.Method) ? MediaTypes.MergePatch : MediaTypes.Json),
            var other => new ApiProblem(other, "bad-request"),
        };
        return problem.ExecuteAsync(context);
    }

    private ApiProblem ProblemOf(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge and var status }:
                return new ApiProblem(status, "content-too-large", JsonBodyReader.MaxBytes);
            case BadHttpRequestException { StatusCode: var status }:
                return new ApiProblem(status, "bad-request");
            case ApiProblemException expected:
                if (expected.OperatorMessage is { } message)
                {
                    NeedsTheOperator(logger, message);
                }

                return expected.Problem;
            default:
                Unexpected(logger, context.TraceIdentifier, exception);
                return new ApiProblem(StatusCodes.Status500InternalServerError, "internal", context.TraceIdentifier);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Message}")]
    private static partial void NeedsTheOperator(ILogger logger, string message);

    [LoggerMessage(Level = LogLevel.Error, Message = "Unexpected failure {Trace}")]
    private static partial void Unexpected(ILogger logger, string trace, Exception exception);
}

using System.Security.Cryptography;
using System.Text;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Security;

namespace CLSM.Directory.Api.Retries;

/// <summary>An operation that a client may send twice without doing it twice: it takes an Idempotency-Key.</summary>
/// <param name="WritesInParts">It writes in many transactions, so its answer is kept in one of its own.</param>
internal sealed record RepeatableOperation(bool WritesInParts)
{
    public const string Header = "Idempotency-Key";
    public const int MostCharacters = 255;

    private const long MostBytes = 32L * 1024 * 1024;

    /// <summary>Answers a repetition as the first time. To be added last, so that the caller's rights are checked before.</summary>
    public async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var header = context.Request.Headers[Header];
        if (header.Count == 0)
        {
            return await next(invocation);
        }

        var key = header.ToString();
        if (key.Length is 0 or > MostCharacters || header.Count > 1 || key.Any(character => character is < '!' or > '~'))
        {
            return new Refusal(StatusCodes.Status400BadRequest, "malformed-idempotency-key", MostCharacters)
            {
                Errors = [new Violation("malformed-idempotency-key", [MostCharacters]) { Parameter = Header, Value = key }],
            };
        }

        if (await DigestAsync(context.Request, context.RequestAborted) is not { } asked)
        {
            return new Refusal(StatusCodes.Status413PayloadTooLarge, "content-too-large", MostBytes);
        }

        var answers = context.RequestServices.GetRequiredService<KeptAnswers>();
        answers.Request = new RepeatableRequest(context.User.CallerId(), context.GetEndpoint()!.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName, key, asked, ApiKeySecret.In(context.Request) ?? "");
        if (await answers.FindAsync(context.RequestAborted) is { } before)
        {
            return before;
        }

        try
        {
            return WritesInParts ? await answers.AroundAsync(context, () => next(invocation), context.RequestAborted) : await next(invocation);
        }
        catch (RepeatedRequestException repeated)
        {
            return (repeated.IsUnderWay ? null : await answers.FindAsync(context.RequestAborted))
                ?? new Refusal(StatusCodes.Status409Conflict, "request-under-way") { Headers = [("Retry-After", "1")] };
        }
    }

    /// <summary>Digest of address and body, which can then be read again; null where the body is larger than any may be.</summary>
    private static async Task<byte[]?> DigestAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        request.EnableBuffering(RequestBody.MostBytes);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.UTF8.GetBytes($"{request.Path}{request.QueryString}\n{request.ContentType}\n"));
        var buffer = new byte[16 * 1024];
        for (var total = 0L; await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read;)
        {
            total += read;
            if (total > MostBytes)
            {
                return null;
            }

            digest.AppendData(buffer.AsSpan(0, read));
        }

        request.Body.Position = 0;
        return digest.GetHashAndReset();
    }
}

/// <summary>Declares operations repeatable.</summary>
internal static class RepeatableOperations
{
    public static RouteHandlerBuilder Repeatable(this RouteHandlerBuilder route, bool writesInParts = false)
    {
        var operation = new RepeatableOperation(writesInParts);
        return route.WithMetadata(operation).AddEndpointFilter(operation.AnswerAsync);
    }
}

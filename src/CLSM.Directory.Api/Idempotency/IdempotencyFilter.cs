using System.Security.Cryptography;
using System.Text;
using CLSM.Directory.Api.Security.ApiKeys;
using CLSM.Directory.Api.Security.Callers;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Idempotency;

/// <summary>Says that an operation takes an Idempotency-Key: a client may send it twice without doing it twice.</summary>
/// <param name="WritesInParts">It writes in many transactions, so its response is stored in one of its own.</param>
internal sealed record IdempotencyMetadata(bool WritesInParts)
{
    public const string Header = "Idempotency-Key";
    public const int MaxKeyLength = 255;
}

/// <summary>Answers a repeated request with the response to the first one.</summary>
internal sealed class IdempotencyFilter(IdempotencyStore store) : IEndpointFilter
{
    private const long MaxBytes = 32L * 1024 * 1024;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var header = http.Request.Headers[IdempotencyMetadata.Header];
        if (header.Count == 0)
        {
            return await next(context);
        }

        var key = header.ToString();
        if (key.Length is 0 or > IdempotencyMetadata.MaxKeyLength || header.Count > 1 || key.Any(character => character is < '!' or > '~'))
        {
            return new ApiProblem(StatusCodes.Status400BadRequest, "malformed-idempotency-key", IdempotencyMetadata.MaxKeyLength)
            {
                Errors =
                [
                    new ValidationError("malformed-idempotency-key", [IdempotencyMetadata.MaxKeyLength]) { Parameter = IdempotencyMetadata.Header, Value = key },
                ],
            };
        }

        if (await HashAsync(http.Request, http.RequestAborted) is not { } hash)
        {
            return new ApiProblem(StatusCodes.Status413PayloadTooLarge, "content-too-large", MaxBytes);
        }

        var metadata = http.GetEndpoint()!.Metadata;
        var operation = metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName;
        var request = new IdempotentRequest(http.User.CallerId(), operation, key, hash, ApiKeySecret.In(http.Request) ?? "") { IsShared = http.User.IsShared() };
        if (await store.FindAsync(request, http.RequestAborted) is { } stored)
        {
            return stored;
        }

        var write = new IdempotentWrite(request, http);
        http.Features.Set(write);
        var result = metadata.GetRequiredMetadata<IdempotencyMetadata>().WritesInParts
            ? await store.RunHoldingLockAsync(write, () => next(context), http.RequestAborted)
            : await next(context);

        // The first request may have been answered since it was looked for.
        return result is ApiProblem { Code: IdempotencyStore.ConcurrentRequest }
            ? await store.FindAsync(request, http.RequestAborted) ?? result
            : result;
    }

    /// <summary>
    /// Returns the hash of address and body, or null if the body is too large. The body is then read again from memory: a file would hold personal
    /// data outside the database.
    /// </summary>
    private static async Task<byte[]?> HashAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Path}{request.QueryString}\n{request.ContentType}\n"));
        var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            body.Write(buffer, 0, read);
            if (body.Length > MaxBytes)
            {
                return null;
            }

            hash.AppendData(buffer.AsSpan(0, read));
        }

        body.Position = 0;
        request.Body = body;
        return hash.GetHashAndReset();
    }
}

/// <summary>Declares operations idempotent.</summary>
internal static class IdempotencyEndpoints
{
    /// <summary>Lets an operation take an Idempotency-Key. To be called last, so that the caller's rights are checked before.</summary>
    public static RouteHandlerBuilder WithIdempotency(this RouteHandlerBuilder route, bool writesInParts = false) =>
        route.WithMetadata(new IdempotencyMetadata(writesInParts)).AddEndpointFilter<IdempotencyFilter>();
}

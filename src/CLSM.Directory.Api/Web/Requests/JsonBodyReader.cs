using System.Buffers;
using System.Text.Json;
using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Web.Requests;

/// <summary>Reads a request's body as one JSON value, or says exactly why it is none.</summary>
internal static class JsonBodyReader
{
    /// <summary>Eight mebibytes: about forty times the largest council known (463 members).</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    public static async Task<Result<JsonElement>> ReadAsync(HttpRequest request, string mediaType, CancellationToken cancellationToken)
    {
        if (!MediaTypes.Is(request.ContentType, mediaType))
        {
            return ApiProblem.UnsupportedMediaType(mediaType);
        }

        if (EncodingProblem(request, mediaType) is { } encoded)
        {
            return encoded;
        }

        if (request.ContentLength > MaxBytes)
        {
            return TooLarge();
        }

        using var buffer = new MemoryStream((int)(request.ContentLength ?? 4096));
        var rented = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(rented, cancellationToken)) > 0)
            {
                buffer.Write(rented, 0, read);
                if (buffer.Length > MaxBytes)
                {
                    return TooLarge();
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return Parse(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }

    /// <summary>A body that is compressed is refused: nobody can tell how much it would unfold to, and read as it is it would be misread.</summary>
    public static ApiProblem? EncodingProblem(HttpRequest request, string mediaType) => request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity"
        ? ApiProblem.UnsupportedMediaType($"{mediaType} (Content-Encoding: identity)")
        : null;

    /// <summary>The bytes as one JSON value.</summary>
    public static Result<JsonElement> Parse(ReadOnlyMemory<byte> bytes)
    {
        var (value, problem) = StrictJson.Parse(bytes);
        if (problem is null)
        {
            return value;
        }

        return problem.Code == "invalid-text"
            ? ApiProblem.InvalidContent([problem])
            : new ApiProblem(StatusCodes.Status400BadRequest, problem.Code, [.. problem.Arguments])
            {
                Errors = problem.Pointer is null ? [] : [problem],
            };
    }

    private static ApiProblem TooLarge() => new(StatusCodes.Status413PayloadTooLarge, "content-too-large", MaxBytes);
}

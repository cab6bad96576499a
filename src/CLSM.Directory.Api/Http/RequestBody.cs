using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace CLSM.Directory.Api.Http;

/// <summary>Reads a request's body as one JSON value, or says exactly why it is none.</summary>
internal static class RequestBody
{
    /// <summary>Eight mebibytes: about forty times the largest council known (463 members).</summary>
    public const int MostBytes = 8 * 1024 * 1024;

    public const int MostLevels = 32;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MostLevels, AllowDuplicateProperties = false };

    public static async Task<(JsonElement Value, Refusal? Refusal)> ReadAsync(HttpRequest request, string mediaType, CancellationToken cancellationToken)
    {
        if (!MediaTypes.Is(request.ContentType, mediaType))
        {
            return (default, Refusal.UnsupportedMediaType(mediaType));
        }

        if (EncodingRefusal(request, mediaType) is { } encoded)
        {
            return (default, encoded);
        }

        if (request.ContentLength > MostBytes)
        {
            return (default, TooLarge());
        }

        using var buffer = new MemoryStream((int)(request.ContentLength ?? 4096));
        var rented = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(rented, cancellationToken)) > 0)
            {
                buffer.Write(rented, 0, read);
                if (buffer.Length > MostBytes)
                {
                    return (default, TooLarge());
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
    public static Refusal? EncodingRefusal(HttpRequest request, string mediaType) => request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity"
        ? Refusal.UnsupportedMediaType($"{mediaType} (Content-Encoding: identity)")
        : null;

    /// <summary>The bytes as one JSON value.</summary>
    public static (JsonElement Value, Refusal? Refusal) Parse(ReadOnlyMemory<byte> bytes)
    {
        var content = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        if (content.IsEmpty)
        {
            return (default, new Refusal(StatusCodes.Status400BadRequest, "empty-body"));
        }

        if (!Utf8.IsValid(content.Span))
        {
            return (default, new Refusal(StatusCodes.Status400BadRequest, "invalid-utf8", FirstInvalidByte(content.Span)));
        }

        try
        {
            if (InvalidText(content.Span) is { } place)
            {
                return (default, Refusal.InvalidContent([new Violation("invalid-text", []) { Pointer = place }]));
            }

            using var document = JsonDocument.Parse(content, Strict);
            return (document.RootElement.Clone(), null);
        }
        catch (JsonException exception)
        {
            return (default, Malformed(content, exception));
        }
    }

    private static Refusal Malformed(ReadOnlyMemory<byte> content, JsonException exception)
    {
        if (DuplicateProperty(content.Span) is { } duplicate)
        {
            return new Refusal(StatusCodes.Status400BadRequest, "duplicate-property", duplicate.Name)
            {
                Errors = [new Violation("duplicate-property", [duplicate.Name]) { Pointer = duplicate.Pointer }],
            };
        }

        var line = (exception.LineNumber ?? 0) + 1;
        return IsTooDeep(content.Span)
            ? new Refusal(StatusCodes.Status400BadRequest, "too-deep", MostLevels, line)
            : new Refusal(StatusCodes.Status400BadRequest, "malformed-json", line, (exception.BytePositionInLine ?? 0) + 1);
    }

    private static Refusal TooLarge() => new(StatusCodes.Status413PayloadTooLarge, "content-too-large", MostBytes);

    private static int FirstInvalidByte(ReadOnlySpan<byte> bytes)
    {
        var place = 0;
        while (System.Text.Rune.DecodeFromUtf8(bytes[place..], out _, out var length) == OperationStatus.Done)
        {
            place += length;
        }

        return place;
    }

    private static bool IsTooDeep(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = int.MaxValue - 1 });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= MostLevels)
                {
                    return true;
                }
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return false;
    }

    /// <summary>Where a name or a text holds half a surrogate pair, which JSON can write and no text can be.</summary>
    private static string? InvalidText(ReadOnlySpan<byte> bytes)
    {
        // Only an escape can write one: valid UTF-8 holds none.
        if (bytes.IndexOf("\\ud"u8) < 0 && bytes.IndexOf("\\uD"u8) < 0)
        {
            return null;
        }

        var walk = new JsonWalk(bytes);
        while (walk.Read())
        {
            if (walk.Token is JsonTokenType.PropertyName or JsonTokenType.String && walk.Text is null)
            {
                return walk.Pointer;
            }
        }

        return null;
    }

    /// <summary>The first property that an object has twice, found only after the strict reader refused the body.</summary>
    private static (string Name, string Pointer)? DuplicateProperty(ReadOnlySpan<byte> bytes)
    {
        var walk = new JsonWalk(bytes);
        try
        {
            while (walk.Read())
            {
                if (walk.IsRepeatedName)
                {
                    return (walk.Text!, walk.Pointer);
                }
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return null;
    }
}

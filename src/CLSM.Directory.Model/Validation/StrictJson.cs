using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace CLSM.Directory.Model.Validation;

/// <summary>Reads bytes as one JSON value, or says exactly why they are none.</summary>
internal static class StrictJson
{
    public const int MaxLevels = 32;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxLevels, AllowDuplicateProperties = false };

    /// <summary>The value, or what is wrong. A problem has a pointer where the JSON itself is well formed.</summary>
    public static (JsonElement Value, ValidationError? Problem) Parse(ReadOnlyMemory<byte> bytes)
    {
        var content = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        if (content.IsEmpty)
        {
            return (default, new ValidationError("empty-body", []));
        }

        if (!Utf8.IsValid(content.Span))
        {
            return (default, new ValidationError("invalid-utf8", [FirstInvalidByte(content.Span)]));
        }

        try
        {
            if (InvalidText(content.Span) is { } place)
            {
                return (default, new ValidationError("invalid-text", []) { Pointer = place });
            }

            using var document = JsonDocument.Parse(content, Strict);
            return (document.RootElement.Clone(), null);
        }
        catch (JsonException exception)
        {
            return (default, Malformed(content, exception));
        }
    }

    private static ValidationError Malformed(ReadOnlyMemory<byte> content, JsonException exception)
    {
        if (DuplicateProperty(content.Span) is { } duplicate)
        {
            return new ValidationError("duplicate-property", [duplicate.Name]) { Pointer = duplicate.Pointer };
        }

        var line = (exception.LineNumber ?? 0) + 1;
        return IsTooDeep(content.Span)
            ? new ValidationError("too-deep", [MaxLevels, line])
            : new ValidationError("malformed-json", [line, (exception.BytePositionInLine ?? 0) + 1]);
    }

    private static int FirstInvalidByte(ReadOnlySpan<byte> bytes)
    {
        var place = 0;
        while (Rune.DecodeFromUtf8(bytes[place..], out _, out var length) == OperationStatus.Done)
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
                if (reader.CurrentDepth >= MaxLevels)
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

        var walk = new JsonTokenReader(bytes);
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
        var walk = new JsonTokenReader(bytes);
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

using System.Runtime.CompilerServices;
using System.Text.Json;
using CLSM.Directory.Api.Web.Requests;
using CLSM.Directory.Importing.Reading;
using CLSM.Directory.Model.Councils;

namespace CLSM.Directory.Api.Features.Imports;

/// <summary>A document of a file that may hold several, as bytes.</summary>
/// <param name="Number">Its line in a file of lines, or its place among the items of an export; null where it is the whole file.</param>
/// <param name="Bytes">The document; empty where it was too large to be kept.</param>
internal sealed record DocumentText(int? Number, ReadOnlyMemory<byte> Bytes)
{
    public bool IsTooLarge { get; init; }
}

/// <summary>The council documents of a file: one alone, one a line (NDJSON), or the items of an export as JSON. Which it is, its first line tells.</summary>
internal static class DocumentFile
{
    public static async IAsyncEnumerable<DocumentText> ReadAsync(FileInfo file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await IsLinesAsync(file, cancellationToken))
        {
            await using var stream = file.OpenRead();
            await foreach (var line in LineReader.ReadAsync(stream, JsonBodyReader.MaxBytes, cancellationToken))
            {
                if (line.IsTooLong || !SheetReader.IsBlank(line.Bytes.Span))
                {
                    yield return new DocumentText(line.Number, line.Bytes) { IsTooLarge = line.IsTooLong };
                }
            }

            yield break;
        }

        var whole = await File.ReadAllBytesAsync(file.FullName, cancellationToken);
        using var export = Parse(whole);
        if (export is null || !IsExport(export.RootElement))
        {
            yield return new DocumentText(null, whole);
            yield break;
        }

        var number = 0;
        foreach (var item in export.RootElement.GetProperty("items").EnumerateArray())
        {
            yield return new DocumentText(++number, JsonSerializer.SerializeToUtf8Bytes(item, ModelJsonContext.Instance.JsonElement));
        }
    }

    /// <summary>Whether the first line is a whole document by itself.</summary>
    private static async Task<bool> IsLinesAsync(FileInfo file, CancellationToken cancellationToken)
    {
        await using var stream = file.OpenRead();
        await foreach (var line in LineReader.ReadAsync(stream, JsonBodyReader.MaxBytes, cancellationToken))
        {
            if (line.IsTooLong || !SheetReader.IsBlank(line.Bytes.Span))
            {
                using var first = line.IsTooLong ? null : Parse(line.Bytes);
                return first is not null && line.IsEnded && !IsExport(first.RootElement);
            }
        }

        return false;
    }

    private static bool IsExport(JsonElement root) =>
        root.ValueKind is JsonValueKind.Object && !root.TryGetProperty("code", out _) && root.TryGetProperty("items", out var items) && items.ValueKind is JsonValueKind.Array;

    private static JsonDocument? Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonDocument.Parse(bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

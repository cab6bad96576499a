using System.Text.Json;
using System.Text.Unicode;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Importing.Reading;

/// <summary>One sheet as it came: a JSON value, or the reason why it is none.</summary>
internal sealed record SheetRecord(int Line, JsonElement? Value, IReadOnlyList<ValidationError> Problems);

/// <summary>The formats in which sheets come.</summary>
internal enum SheetFormat
{
    /// <summary>One JSON object a line.</summary>
    Ndjson,

    /// <summary>One line a council, with a header.</summary>
    Csv,
}

/// <summary>Reads sheets one by one. Memory is bounded by one sheet; what cannot be read stops itself only.</summary>
internal static class SheetReader
{
    public static IAsyncEnumerable<SheetRecord> ReadAsync(Stream stream, SheetFormat format, CancellationToken cancellationToken) =>
        format is SheetFormat.Csv ? CsvReader.ReadAsync(stream, cancellationToken) : ReadNdjsonAsync(stream, cancellationToken);

    public static SheetRecord Parse(int line, ReadOnlyMemory<byte> bytes, bool isEnded)
    {
        if (!Utf8.IsValid(bytes.Span))
        {
            return Refused(line, new ValidationError("not-utf8", []));
        }

        try
        {
            var (value, problem) = StrictJson.Parse(bytes);
            return problem is null ? new SheetRecord(line, value, [])
                : Refused(line, problem.Code != "malformed-json" ? problem
                    : isEnded ? new ValidationError("malformed-json", [line, problem.Arguments[1]])
                    : new ValidationError("cut-line", []));
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate in the name of a member.
            return Refused(line, new ValidationError("invalid-text", []));
        }
    }

    public static SheetRecord Refused(int line, params ValidationError[] problems) =>
        new(line, null, [.. problems.Select(problem => problem with { Pointer = problem.Pointer ?? "" })]);

    public static ValidationError TooLong => new("line-too-long", [LineReader.MaxBytes]);

    private static async IAsyncEnumerable<SheetRecord> ReadNdjsonAsync(Stream stream, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in LineReader.ReadAsync(stream, cancellationToken))
        {
            if (line.IsTooLong)
            {
                yield return Refused(line.Number, TooLong);
            }
            else if (!IsBlank(line.Bytes.Span))
            {
                yield return Parse(line.Number, line.Bytes, line.IsEnded);
            }
        }
    }

    public static bool IsBlank(ReadOnlySpan<byte> bytes) => bytes.Trim(" \t\r"u8).IsEmpty;
}

using System.Text;

namespace CLSM.Directory.Api.Geography;

/// <summary>One line of a reference file, read by the names of its columns.</summary>
internal sealed class ReferenceLine(string file, int number, IReadOnlyDictionary<string, int> columns, IReadOnlyList<string> cells)
{
    public int Number => number;

    /// <summary>The cell, or null where it is empty.</summary>
    public string? this[string column] => cells[columns[column]] is { Length: > 0 } cell ? cell : null;

    public string Required(string column) => this[column] ?? throw Refused($"{column} is empty");

    public IReadOnlyList<string> List(string column) => this[column]?.Split('|') ?? [];

    public ReferenceRefusedException Refused(string reason) => new(file, number, reason);
}

/// <summary>Streams a CSV file (RFC 4180, UTF-8): one line in memory at a time.</summary>
internal static class ReferenceCsv
{
    private const int MaxLineLength = 1 << 20;

    public static IEnumerable<ReferenceLine> Read(string file, Stream stream, IReadOnlyList<string> columns)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
        var number = 1;
        var header = Cells(file, reader, ref number) ?? throw new ReferenceRefusedException(file, 1, "the file is empty");
        var places = header.Select((name, place) => (name, place)).ToDictionary(column => column.name, column => column.place, StringComparer.Ordinal);
        if (columns.FirstOrDefault(column => !places.ContainsKey(column)) is { } missing)
        {
            throw new ReferenceRefusedException(file, 1, $"the column {missing} is missing");
        }

        for (var start = number; Cells(file, reader, ref number) is { } cells; start = number)
        {
            if (cells.Count != header.Count)
            {
                throw new ReferenceRefusedException(file, start, $"{cells.Count} cells instead of {header.Count}");
            }

            yield return new ReferenceLine(file, start, places, cells);
        }
    }

    /// <summary>The cells of the next line, or null at the end; a quoted cell may hold line ends.</summary>
    private static List<string>? Cells(string file, StreamReader reader, ref int number)
    {
        try
        {
            if (reader.Peek() < 0)
            {
                return null;
            }

            var start = number;
            var cells = new List<string>();
            var cell = new StringBuilder();
            var quoted = false;
            for (var length = 0; ; length++)
            {
                if (length > MaxLineLength)
                {
                    throw new ReferenceRefusedException(file, start, "the line is too long");
                }

                var letter = reader.Read();
                switch (letter)
                {
                    case -1 when quoted:
                        throw new ReferenceRefusedException(file, start, "a quotation mark is not closed");
                    case '"' when quoted && reader.Peek() == '"':
                        reader.Read();
                        cell.Append('"');
                        break;
                    case '"' when quoted || cell.Length == 0:
                        quoted = !quoted;
                        break;
                    case ',' when !quoted:
                        cells.Add(cell.ToString());
                        cell.Clear();
                        break;
                    case '\r' when !quoted && reader.Peek() == '\n':
                        break;
                    case -1 or '\n' when !quoted:
                        number++;
                        cells.Add(cell.ToString());
                        return cells;
                    default:
                        number += letter == '\n' ? 1 : 0;
                        cell.Append((char)letter);
                        break;
                }
            }
        }
        catch (DecoderFallbackException)
        {
            throw new ReferenceRefusedException(file, number, "the file is not UTF-8");
        }
        catch (InvalidDataException)
        {
            throw new ReferenceRefusedException(file, number, "the compressed data is damaged");
        }
    }
}

/// <summary>A reference file is refused, and with it the whole update.</summary>
internal sealed class ReferenceRefusedException(string file, int? line, string reason)
    : Exception(line is null ? $"{file}: {reason}" : $"{file}:{line}: {reason}");

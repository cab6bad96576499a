using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace CLSM.Directory.Api.Web.Files;

/// <summary>
/// CSV (RFC 4180, with the delimiter that is asked for). A text that a spreadsheet would take for a formula gets an apostrophe before it.
/// </summary>
internal sealed partial class CsvExportWriter<T>(Stream body, IReadOnlyList<ExportColumn<T>> columns, char delimiter, bool hasByteOrderMark) : BufferedWriter<T>(body)
{
    private const string LineEnd = "\r\n";

    private readonly ArrayBufferWriter<char> line = new(4096);
    private readonly SearchValues<char> quoted = SearchValues.Create(['"', '\r', '\n', delimiter]);

    protected override void Begin(ExportVersion stamp)
    {
        if (hasByteOrderMark)
        {
            Buffer.Write("\uFEFF"u8);
        }

        foreach (var column in columns)
        {
            Add(column.Name);
        }

        EndLine();
    }

    protected override void Write(ExportItem<T> item)
    {
        foreach (var column in columns)
        {
            var value = column.Value(item);
            Add(value is string { Length: > 0 } text ? Neutral(text) : Cells.Write(value));
        }

        EndLine();
    }

    private static string Neutral(string text) =>
        text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' && !Phones().IsMatch(text) ? $"'{text}" : text;

    private void Add(string cell)
    {
        if (line.WrittenCount > 0)
        {
            line.Write([delimiter]);
        }

        // A first cell that is empty would otherwise not be counted.
        if (cell.Length == 0 && line.WrittenCount == 0)
        {
            line.Write("\"\"");
        }
        else if (cell.AsSpan().ContainsAny(quoted) || (cell.Length > 0 && (char.IsWhiteSpace(cell[0]) || char.IsWhiteSpace(cell[^1]))))
        {
            line.Write("\"");
            line.Write(cell.Replace("\"", "\"\"", StringComparison.Ordinal));
            line.Write("\"");
        }
        else
        {
            line.Write(cell);
        }
    }

    private void EndLine()
    {
        line.Write(LineEnd);
        Encoding.UTF8.GetBytes(line.WrittenSpan, Buffer);
        line.ResetWrittenCount();
    }

    /// <summary>Telephone numbers with blanks: no spreadsheet computes them.</summary>
    [GeneratedRegex(@"^\+[0-9]+( [0-9]+)+(\|\+[0-9]+( [0-9]+)+)*\z")]
    private static partial Regex Phones();
}

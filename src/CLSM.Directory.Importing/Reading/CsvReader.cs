using System.Text;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using CLSM.Directory.Model.Text;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Importing.Reading;

/// <summary>
/// Sheets as CSV: one line a council, French column names, lists parted by <c>|</c> or line ends. Separator by the header; BOM accepted. Records
/// are cut before they are read (RFC 4180), so that a broken one stops itself only. What is not UTF-8 is read as
/// Windows-1252, which is what French spreadsheets write, and the line says so.
/// </summary>
internal static class CsvReader
{
    private const int MaxRecoveries = 100;
    private const int MaxLines = 10_000;

    private static readonly string[] Needed = ["id", "nom"];
    private static readonly string[] Separators = [";", ",", "\t"];

    /// <summary>The columns: their name and where their value stands in a sheet.</summary>
    public static readonly IReadOnlyList<(string Column, string Key, string? Member)> Columns =
    [
        ("id", "id", null), ("nom", "nom", null), ("alias", "alias", null), ("statut", "statut", null), ("statutConstateEn", "statutConstateEn", null),
        ("territoire", "territoire", "libelle"), ("communes", "territoire", "communes"), ("epci", "territoire", "epci"), ("secteurs", "territoire", "secteurs"), ("departement", "territoire", "departement"),
        ("institutionCoordinatrice", "institutionCoordinatrice", null), ("anneeCreation", "anneeCreation", null), ("creationTexte", "creationTexte", null), ("partenairesFondateurs", "partenairesFondateurs", null),
        ("presidence", "presidence", null), ("instances", "instances", null), ("groupes", "groupes", null), ("axes", "axes", null), ("organisations", "organisations", null),
        ("celluleSituationsComplexes", "celluleSituationsComplexes", null), ("financement", "financement", null), ("cadres", "cadres", null), ("evenements", "evenements", null),
        ("contactFonction", "contact", "fonction"), ("contactTelephone", "contact", "telephone"), ("contactEmail", "contact", "email"), ("contactAdresse", "contact", "adresse"),
        ("siteWeb", "siteWeb", null), ("sources", "sources", null), ("notes", "notes", null),
    ];

    private static readonly Dictionary<string, (string Column, string Key, string? Member)> ByWord = Columns
        .SelectMany(column => new[] { column.Column, column.Key + column.Member }, (column, name) => (Word: Word(name), Column: column))
        .DistinctBy(entry => entry.Word)
        .Select(entry => (entry.Word, entry.Column))
        .Concat([("libelleterritoire", Columns[5]), ("telephone", Columns[24]), ("tel", Columns[24]), ("email", Columns[25]), ("courriel", Columns[25]), ("mail", Columns[25]), ("adresse", Columns[26]), ("site", Columns[27]), ("source", Columns[28])])
        .ToDictionary(StringComparer.Ordinal);

    static CsvReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static async IAsyncEnumerable<SheetRecord> ReadAsync(Stream stream, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[]? header = null;
        var separator = ";";
        await foreach (var (line, bytes, problem) in RecordsAsync(stream, cancellationToken))
        {
            if (problem is not null)
            {
                yield return SheetReader.Refused(line, problem);
                if (header is null)
                {
                    yield break;
                }

                continue;
            }

            var (text, isWindows) = Decode(bytes);
            if (header is null)
            {
                separator = SeparatorOf(text);
                header = Cells(text, separator) ?? [];
                var problems = CheckHeader(header);
                if (problems.Length > 0)
                {
                    yield return SheetReader.Refused(line, problems);
                    yield break;
                }

                continue;
            }

            yield return Record(line, text, isWindows, header, separator);
        }
    }

    private static SheetRecord Record(int line, string text, bool isWindows, string[] header, string separator)
    {
        var cells = Cells(text, separator);
        if (cells is null)
        {
            return SheetReader.Refused(line, new ValidationError("malformed-csv", []));
        }

        var count = cells.Length;
        while (count > header.Length && string.IsNullOrWhiteSpace(cells[count - 1]))
        {
            count--;
        }

        if (count != header.Length)
        {
            return SheetReader.Refused(line, new ValidationError("shifted-columns", [header.Length, count]));
        }

        var sheet = new JsonObject();
        for (var place = 0; place < header.Length; place++)
        {
            if (string.IsNullOrWhiteSpace(cells[place]))
            {
                continue;
            }

            var value = cells[place].IsNormalizable() ? cells[place] : null;
            if (value is null)
            {
                return SheetReader.Refused(line, new ValidationError("invalid-text", []) { Pointer = ValidationError.Segment(header[place]) });
            }

            if (!ByWord.TryGetValue(Word(header[place]), out var column))
            {
                sheet[header[place]] = value;
            }
            else if (column.Member is null)
            {
                sheet[column.Key] = value;
            }
            else
            {
                if (sheet[column.Key] is not JsonObject inner)
                {
                    sheet[column.Key] = inner = [];
                }

                inner[column.Member] = value;
            }
        }

        var parsed = SheetReader.Parse(line, Encoding.UTF8.GetBytes(sheet.ToJsonString()), isEnded: true);
        return isWindows ? parsed with { Problems = [.. parsed.Problems, new ValidationError("read-as-windows-1252", []) { Pointer = "" }] } : parsed;
    }

    private static ValidationError[] CheckHeader(string[] header)
    {
        var places = header.Select(name => ByWord.TryGetValue(Word(name), out var column) ? column.Column : Word(name)).ToList();
        var twice = places.Where((place, index) => places.IndexOf(place) != index).Distinct().ToList();
        return
        [
            .. Needed.Where(name => !places.Contains(name)).Select(name => new ValidationError("missing-column", [name]) { Pointer = ValidationError.Segment(name), Closest = ClosestMatch.Find(name, header) }),
            .. twice.Select(name => new ValidationError("duplicate-column", [name]) { Pointer = ValidationError.Segment(name) }),
            .. header.Where(name => string.IsNullOrWhiteSpace(name)).Take(1).Select(_ => new ValidationError("missing-column", ["?"]) { Pointer = "" }),
        ];
    }

    /// <summary>Records of whole lines: a line end inside quotes does not end one. A quote that nobody closes costs its own line only.</summary>
    private static async IAsyncEnumerable<(int Line, ReadOnlyMemory<byte> Bytes, ValidationError? Problem)> RecordsAsync(
        Stream stream, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var recoveries = 0;
        var open = new List<SheetLine>();
        var (size, quotes) = (0L, 0);
        await foreach (var line in LineReader.ReadAsync(stream, cancellationToken))
        {
            open.Add(line);
            size += line.Bytes.Length + 1;
            quotes += line.Bytes.Span.Count((byte)'"');
            var isFull = line.IsTooLong || size > LineReader.MaxBytes || open.Count > MaxLines;
            if (!isFull && quotes % 2 == 1)
            {
                continue;
            }

            foreach (var record in Take(isFull))
            {
                yield return record;
            }
        }

        foreach (var record in Take(isLast: true))
        {
            yield return record;
        }

        List<(int, ReadOnlyMemory<byte>, ValidationError?)> Take(bool isLast)
        {
            var records = new List<(int, ReadOnlyMemory<byte>, ValidationError?)>();
            var start = 0;
            while (start < open.Count)
            {
                var first = open[start];
                var length = first.IsTooLong ? 0 : LengthOfRecord(start);
                if (length == 0 && !first.IsTooLong && !isLast)
                {
                    break;
                }

                if (length == 0)
                {
                    records.Add((first.Number, default, first.IsTooLong ? SheetReader.TooLong : new ValidationError("open-quote", [])));
                    start = !first.IsTooLong && ++recoveries > MaxRecoveries ? open.Count : start + 1;
                    continue;
                }

                var bytes = length == 1 ? first.Bytes : Joined(open.GetRange(start, length));
                if (!SheetReader.IsBlank(bytes.Span))
                {
                    records.Add((first.Number, bytes, null));
                }

                start += length;
            }

            open.RemoveRange(0, start);
            size = open.Sum(line => (long)line.Bytes.Length + 1);
            quotes = open.Sum(line => line.Bytes.Span.Count((byte)'"'));
            return records;
        }

        int LengthOfRecord(int start)
        {
            var inside = 0;
            for (var index = start; index < open.Count && !open[index].IsTooLong; index++)
            {
                inside += open[index].Bytes.Span.Count((byte)'"');
                if (inside % 2 == 0)
                {
                    return index - start + 1;
                }
            }

            return 0;
        }
    }

    private static ReadOnlyMemory<byte> Joined(List<SheetLine> lines)
    {
        using var joined = new MemoryStream();
        foreach (var line in lines)
        {
            joined.Write(joined.Length == 0 ? [] : "\n"u8);
            joined.Write(line.Bytes.Span);
        }

        return joined.ToArray();
    }

    private static (string Text, bool IsWindows) Decode(ReadOnlyMemory<byte> bytes) =>
        Utf8.IsValid(bytes.Span) ? (Encoding.UTF8.GetString(bytes.Span), false) : (Encoding.GetEncoding(1252).GetString(bytes.Span), true);

    private static string SeparatorOf(string header)
    {
        var outside = new StringBuilder();
        var isInside = false;
        foreach (var letter in header)
        {
            isInside ^= letter == '"';
            if (!isInside)
            {
                outside.Append(letter);
            }
        }

        var names = outside.ToString();
        return Separators.MaxBy(separator => names.Count(letter => letter == separator[0]))!;
    }

    /// <summary>The cells of a record (RFC 4180); null where text follows a closed quote.</summary>
    private static string[]? Cells(string record, string separator)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        for (var place = 0; place <= record.Length; place++)
        {
            cell.Clear();
            var quoted = place;
            while (quoted < record.Length && record[quoted] == ' ')
            {
                quoted++;
            }

            if (quoted < record.Length && record[quoted] == '"')
            {
                for (place = quoted + 1; place < record.Length && (record[place] != '"' || (place + 1 < record.Length && record[place + 1] == '"')); place++)
                {
                    cell.Append(record[place]);
                    place += record[place] == '"' ? 1 : 0;
                }

                var end = record.IndexOf(separator[0], Math.Min(place + 1, record.Length));
                end = end < 0 ? record.Length : end;
                if (place >= record.Length || !string.IsNullOrWhiteSpace(record[(place + 1)..end]))
                {
                    return null;
                }

                place = end;
            }
            else
            {
                var end = record.IndexOf(separator[0], place);
                end = end < 0 ? record.Length : end;
                cell.Append(record, place, end - place);
                place = end;
            }

            cells.Add(cell.ToString().Trim());
        }

        return [.. cells];
    }

    private static string Word(string name) => PlainText.Fold(name).Replace(" ", "", StringComparison.Ordinal);
}

using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace CLSM.Directory.Api.Web.Files;

/// <summary>
/// An Excel workbook (ECMA-376), written forwards only: libraries for it keep a sheet in memory or need a file to go back in. Text is text:
/// a cell is never taken for a formula, a number or a date that it is not.
/// </summary>
internal sealed partial class XlsxExportWriter<T>(Stream body, string name, IReadOnlyList<ExportColumn<T>> columns) : ExportWriter<T>
{
    private const int MaxRows = 1_048_576;
    private const int MaxCharacters = 32_767;
    private const int Enough = 64 * 1024;
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private readonly string[] letters = [.. columns.Select((_, place) => Letters(place))];
    private readonly Gathered gathered = new();
    private ZipArchive archive = null!;
    private DateTime changedAt;
    private Stream? sheet;
    private XmlWriter? xml;
    private int sheets;
    private int rows;

    public override async ValueTask BeginAsync(ExportVersion stamp)
    {
        changedAt = stamp.ChangedAt;
        archive = new ZipArchive(gathered, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (path, text) in XlsxParts.Fixed(stamp))
        {
            Add(path, text);
        }

        BeginSheet();
        await SendAsync(0);
    }

    public override async ValueTask WriteAsync(ExportItem<T> item)
    {
        if (rows == MaxRows)
        {
            EndSheet();
            BeginSheet();
        }

        WriteRow(columns.Select(column => (column.Kind, column.Value(item))));
        await SendAsync(Enough);
    }

    public override async ValueTask EndAsync()
    {
        EndSheet();
        var names = Enumerable.Range(1, sheets).Select(number => number == 1 ? name : $"{name} {number}").ToList();
        Add("xl/workbook.xml", XlsxParts.Workbook(names));
        Add("xl/_rels/workbook.xml.rels", XlsxParts.WorkbookRelations(sheets));

        // Only now does the file get its directory, without which it is none.
        archive.Dispose();
        await SendAsync(0);
    }

    public override void Dispose()
    {
        xml?.Dispose();
        gathered.Dispose();
        base.Dispose();
    }

    private void BeginSheet()
    {
        (sheets, rows) = (sheets + 1, 0);
        sheet = Entry($"xl/worksheets/sheet{sheets}.xml").Open();
        xml = XmlWriter.Create(sheet, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = true });
        xml.WriteStartDocument(standalone: true);
        xml.WriteStartElement("worksheet", Main);
        xml.WriteRaw("""<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>""");
        xml.WriteStartElement("sheetData", Main);
        WriteRow(columns.Select(column => (CellKind.Text, (object?)column.Name)));
    }

    private void EndSheet()
    {
        xml!.WriteEndElement();
        xml.WriteStartElement("autoFilter", Main);
        xml.WriteAttributeString("ref", $"A1:{letters[^1]}{rows}");
        xml.WriteEndElement();
        xml.Dispose();
        xml = null;
        sheet!.Dispose();
    }

    private void WriteRow(IEnumerable<(CellKind Kind, object? Value)> cells)
    {
        var row = (++rows).ToString(CultureInfo.InvariantCulture);
        xml!.WriteStartElement("row", Main);
        xml.WriteAttributeString("r", row);
        foreach (var ((kind, value), place) in cells.Select((cell, place) => (cell, place)))
        {
            if (value is not null)
            {
                xml.WriteStartElement("c", Main);
                xml.WriteAttributeString("r", letters[place] + row);
                WriteCell(kind, value);
                xml.WriteEndElement();
            }
        }

        xml.WriteEndElement();
    }

    private void WriteCell(CellKind kind, object value)
    {
        switch (kind)
        {
            case CellKind.Text:
                xml!.WriteAttributeString("t", "inlineStr");
                xml.WriteStartElement("is", Main);
                xml.WriteStartElement("t", Main);
                xml.WriteAttributeString("xml", "space", "http://www.w3.org/XML/1998/namespace", "preserve");
                xml.WriteString(Fit((string)value));
                xml.WriteEndElement();
                xml.WriteEndElement();
                break;
            case CellKind.Boolean:
                xml!.WriteAttributeString("t", "b");
                xml.WriteElementString("v", Main, (bool)value ? "1" : "0");
                break;
            case CellKind.Date:
                xml!.WriteAttributeString("s", XlsxParts.DateStyle);
                xml.WriteElementString("v", Main, Serial(((DateOnly)value).ToDateTime(default)));
                break;
            case CellKind.Instant:
                xml!.WriteAttributeString("s", XlsxParts.InstantStyle);
                xml.WriteElementString("v", Main, Serial(((DateTimeOffset)value).UtcDateTime));
                break;
            default:
                xml!.WriteElementString("v", Main, Cells.Write(value));
                break;
        }
    }

    private static string Serial(DateTime instant) => instant.ToOADate().ToString("0.##########", CultureInfo.InvariantCulture);

    /// <summary>What XML cannot hold is written as Excel does, <c>_x0001_</c>; a longer text than a cell can hold ends in an ellipsis.</summary>
    private static string Fit(string text)
    {
        var cut = text.Length <= MaxCharacters ? text : text[..(MaxCharacters - (char.IsHighSurrogate(text[MaxCharacters - 2]) ? 2 : 1))] + "…";
        return NotXml().Replace(LikeAnEscape().Replace(cut, "_x005F_"), match => $"_x{(int)match.Value[0]:X4}_");
    }

    private static string Letters(int place) => place < 26 ? ((char)('A' + place)).ToString() : Letters((place / 26) - 1) + Letters(place % 26);

    private async ValueTask SendAsync(int atLeast)
    {
        if (gathered.Length > atLeast)
        {
            await body.WriteAsync(gathered.GetBuffer().AsMemory(0, (int)gathered.Length), CancellationToken.None);
            gathered.SetLength(0);
        }
    }

    private void Add(string path, string text)
    {
        using var stream = Entry(path).Open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private ZipArchiveEntry Entry(string path)
    {
        var entry = archive.CreateEntry(path, CompressionLevel.Fastest);
        entry.LastWriteTime = changedAt;
        return entry;
    }

    /// <summary>
    /// The file on its way. A zip archive writes some of itself without waiting, which a response does not allow; and it would go back to what
    /// it wrote where it could.
    /// </summary>
    private sealed class Gathered : MemoryStream
    {
        public override bool CanSeek => false;
    }

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)")]
    private static partial Regex LikeAnEscape();

    [GeneratedRegex(@"[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]")]
    private static partial Regex NotXml();
}

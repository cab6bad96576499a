using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CLSM.Directory.Tests.Hosting;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Microsoft.VisualBasic.FileIO;

namespace CLSM.Directory.Tests.Exports;

/// <summary>Exports as other people's libraries read them.</summary>
internal static class ExportFiles
{
    /// <summary>The lines of a CSV by the names of its columns.</summary>
    public static List<Dictionary<string, string>> Csv(byte[] bytes, string delimiter = ";")
    {
        using var csv = new TextFieldParser(new MemoryStream(bytes)) { Delimiters = [delimiter], HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = false };
        var names = csv.ReadFields()!;
        var lines = new List<Dictionary<string, string>>();
        while (csv.ReadFields() is { } cells)
        {
            Assert.That(cells, Has.Length.EqualTo(names.Length), $"before line {csv.LineNumber}");
            lines.Add(names.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
        }

        return lines;
    }

    /// <summary>The rows of a workbook in the words of a CSV, and its property; the workbook follows its schemas.</summary>
    public static (List<Dictionary<string, string>> Rows, string Cursor) Xlsx(byte[] bytes)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(bytes), false);
        Assert.That(new OpenXmlValidator().Validate(document).Select(error => $"{error.Path?.XPath} {error.Description}"), Is.Empty);
        var rows = document.WorkbookPart!.WorksheetParts.SelectMany(sheet => sheet.Worksheet.Descendants<Row>()).ToList();
        var names = rows[0].Elements<Cell>().ToDictionary(Column, cell => cell.InnerText);
        var read = rows.Skip(1).Select(row =>
        {
            var cells = row.Elements<Cell>().ToDictionary(Column, Text);
            return names.ToDictionary(name => name.Value, name => cells.GetValueOrDefault(name.Key, ""), StringComparer.Ordinal);
        }).ToList();
        return (read, document.CustomFilePropertiesPart!.Properties.InnerText);
    }

    /// <summary>Everything that a list answers, page by page.</summary>
    public static async Task<List<JsonNode>> ListAsync(Client client, string list)
    {
        var items = new List<JsonNode>();
        for (var next = $"{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=100"; next is not null;)
        {
            var answer = (await client.GetAsync(next)).With(HttpStatusCode.OK);
            items.AddRange(answer.Items!);
            next = answer.Headers.TryGetValue("Link", out var link) ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
        }

        return items;
    }

    public static string KeyOf(JsonNode item) => $"{item["council"]}/{item["id"]}";

    private static string Column(Cell cell) => cell.CellReference!.Value!.TrimEnd([.. "0123456789"]);

    private static string Text(Cell cell) => (cell.DataType?.Value, cell.StyleIndex?.Value) switch
    {
        (CellValues.Boolean, _) => cell.InnerText == "1" ? "true" : "false",
        (CellValues.InlineString, _) => cell.InnerText,
        (_, 1) => DateTime.FromOADate(double.Parse(cell.InnerText, CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        (_, 2) => DateTime.FromOADate(double.Parse(cell.InnerText, CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
        _ => cell.InnerText,
    };
}

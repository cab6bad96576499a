using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests.Exports;

/// <summary>What exports hold, format by format, against what the lists answer.</summary>
internal sealed class ExportTests : DirectoryFixture
{
    private const string Hostile =
        """
        {"code":"test-formula","kind":"clsm","name":"=cmd|' /C calc'!A0","status":"active","purpose":"Une ligne;\n\"deux\", trois|quatre",
         "aliases":[{"name":"a|b","kind":"usual"},{"name":"_x0041_","kind":"usual"}],
         "organisations":[{"name":"=1+1"},{"name":"+1+1"},{"name":"-1"},{"name":"@SUM(1)"},{"name":"＝1"},{"name":"test;0001"},{"name":"test\"0002\""}],
         "contacts":[{"function":"coordinator","label":"test-0001","nominative":false,"visibility":"public","phones":["+33476034352","+3225551234"]},
                     {"function":"coordinator","label":"test-restricted","nominative":false,"visibility":"partners","phones":["+33476034399"]}],
         "events":[{"name":"test-0001","kind":"sism","from":"2026-10-05","to":"2026-10-18","themes":["housing","prevention"]}],
         "workingGroups":[{"name":"test-0001","kind":"group","typicalSize":{"value":15,"precision":"average"}}]}
        """;

    private static readonly string[] Resources = ["councils", "governance-bodies", "working-groups", "organisations", "contacts", "events"];

    [OneTimeSetUp]
    public async Task MakeAsync() => (await Administrator.PutAsync("/v1/councils/test-formula/document", Hostile, null)).With(HttpStatusCode.Created);

    [TestCaseSource(nameof(Resources))]
    public async Task An_export_as_JSON_holds_what_the_list_answers(string resource)
    {
        var listed = await ExportFiles.ListAsync(Anonymous, $"/v1/{resource}");
        var export = (await Anonymous.GetAsync($"/v1/exports/{resource}.json")).With(HttpStatusCode.OK);
        var items = export.Items;
        Assert.That(export.Json["total"]!.GetValue<int>(), Is.EqualTo(listed.Count).And.EqualTo(items.Count).And.GreaterThan(0));
        Assert.That(items.OrderBy(item => ExportFiles.KeyOf(item!)).Zip(listed.OrderBy(ExportFiles.KeyOf)), Is.All.Matches<(JsonNode Exported, JsonNode Listed)>(pair => JsonNode.DeepEquals(pair.Exported, pair.Listed)));
        var lines = await LinesAsync($"/v1/exports/{resource}.ndjson");
        Assert.That(lines.Zip(items), Is.All.Matches<(JsonNode Line, JsonNode? Item)>(pair => JsonNode.DeepEquals(pair.Line, pair.Item)));
        Assert.That(lines, Has.Count.EqualTo(items.Count));
    }

    [TestCaseSource(nameof(Resources))]
    public async Task An_export_as_CSV_says_the_same_cell_by_cell(string resource)
    {
        var items = (await Anonymous.GetAsync($"/v1/exports/{resource}.json")).With(HttpStatusCode.OK).Items;
        var lines = ExportFiles.Csv(await BytesAsync($"/v1/exports/{resource}.csv"));
        Assert.That(lines, Has.Count.EqualTo(items.Count));
        var compared = 0;
        foreach (var (item, line) in items.Zip(lines))
        {
            foreach (var (column, cell) in line)
            {
                if (CellOf(column, item![column]) is { } expected)
                {
                    Assert.That(cell, Is.EqualTo(expected), $"{column} of {item["id"]}");
                    compared++;
                }
            }
        }

        Assert.That(compared, Is.GreaterThan(5 * items.Count));
    }

    [TestCaseSource(nameof(Resources))]
    public async Task A_workbook_has_the_rows_of_the_CSV_and_every_text_as_it_is(string resource)
    {
        var lines = ExportFiles.Csv(await BytesAsync($"/v1/exports/{resource}.csv"));
        var answer = await AnswerAsync($"/v1/exports/{resource}.xlsx");
        var (rows, cursor) = ExportFiles.Xlsx(await answer.Content.ReadAsByteArrayAsync());
        Assert.That(cursor, Is.EqualTo(answer.Headers.GetValues("Changes-Cursor").Single()));
        Assert.That(rows, Has.Count.EqualTo(lines.Count));
        foreach (var (row, line) in rows.Zip(lines))
        {
            foreach (var (column, cell) in line)
            {
                // An instant is a number in a workbook, a text without the apostrophe is the text.
                var expected = column.EndsWith("edAt", StringComparison.Ordinal) ? cell[..16] : cell.StartsWith('\'') ? cell[1..] : cell;
                Assert.That(row[column].Replace("_x005F_x0041_", "_x0041_", StringComparison.Ordinal), Is.EqualTo(expected), column);
            }
        }
    }

    [Test]
    public async Task Councils_are_points_of_a_map_and_one_that_states_no_territory_is_nowhere()
    {
        var answer = await AnswerAsync("/v1/exports/councils.geojson");
        var map = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/geo+json"));
        Assert.That(map.Text("type"), Is.EqualTo("FeatureCollection"));
        Assert.That(map.Text("changesCursor"), Is.EqualTo(answer.Headers.GetValues("Changes-Cursor").Single()));
        var features = map["features"]!.AsArray().ToDictionary(feature => feature!["properties"].Text("code"), feature => feature!);
        Assert.That(features, Has.Count.EqualTo(map["total"]!.GetValue<int>()));
        features["metz"]["geometry"].ShouldBe("""{"type":"Point","coordinates":[6.17269,49.11911]}""");
        Assert.That(features["metz"]["properties"].Text("departments"), Is.EqualTo("57"));
        Assert.That(features["metz"]["properties"].Text("communes").Split('|'), Does.Contain("57463"));
        Assert.That(features["test-formula"]["geometry"], Is.Null);
        Assert.That(features["test-formula"]["type"]!.GetValue<string>(), Is.EqualTo("Feature"));
        var lines = ExportFiles.Csv(await BytesAsync("/v1/exports/councils.csv"));
        Assert.That(lines.Select(line => (line["latitude"], line["longitude"])), Does.Contain(("49.11911", "6.17269")).And.Contain(("", "")));
    }

    [Test]
    public async Task Documents_are_those_of_the_councils()
    {
        var documents = (await Anonymous.GetAsync("/v1/exports/documents.json")).With(HttpStatusCode.OK).Items;
        Assert.That(documents, Has.Count.EqualTo(3));
        foreach (var document in documents)
        {
            var read = (await Anonymous.GetAsync($"/v1/councils/{document.Text("code")}/document")).With(HttpStatusCode.OK).Json;
            Assert.That(JsonNode.DeepEquals(document, read), Is.True, document!.ToJsonString());
        }

        Assert.That((await LinesAsync("/v1/exports/documents.ndjson?council=metz")).Single().Text("code"), Is.EqualTo("metz"));
    }

    [Test]
    public async Task A_spreadsheet_finds_no_formula_in_a_CSV_and_a_program_reads_every_number()
    {
        var names = ExportFiles.Csv(await BytesAsync("/v1/exports/organisations.csv?council=test-formula")).Select(line => line["name"]);
        Assert.That(names, Is.EquivalentTo(["'=1+1", "'+1+1", "'-1", "'@SUM(1)", "'＝1", "test;0001", "test\"0002\""]));
        var council = ExportFiles.Csv(await BytesAsync("/v1/exports/councils.csv?council=test-formula")).Single();
        Assert.That(council["name"], Is.EqualTo("'=cmd|' /C calc'!A0"));
        Assert.That(council["purpose"], Is.EqualTo("Une ligne;\n\"deux\", trois|quatre"));
        Assert.That(council["aliases"], Is.EqualTo("a¦b|_x0041_"));
        Assert.That(
            ExportFiles.Csv(await BytesAsync("/v1/exports/contacts.csv?council=test-formula")).Single()["phones"],
            Is.EqualTo("+33 4 76 03 43 52|+32 25551234"));
    }

    [TestCase("", ";", true)]
    [TestCase("?delimiter=,", ",", true)]
    [TestCase("?delimiter=tab&bom=false", "\t", false)]
    [TestCase("?delimiter=%3B&bom=false", ";", false)]
    public async Task A_CSV_is_written_as_it_is_asked_for(string query, string delimiter, bool mark)
    {
        var bytes = await BytesAsync($"/v1/exports/councils.csv{query}");
        Assert.That(bytes.AsSpan().StartsWith(Encoding.UTF8.GetPreamble()), Is.EqualTo(mark));
        Assert.That(ExportFiles.Csv(bytes, delimiter).Select(line => line["code"]), Is.EqualTo(["grenoble", "metz", "test-formula"]));
        Assert.That(Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'), Does.StartWith($"code{delimiter}id{delimiter}").And.EndsWith("Z\r\n"));
    }

    [TestCase("events.json?council=metz,grenoble", "/v1/events?council=metz,grenoble")]
    [TestCase("organisations.json?role=founder", "/v1/organisations?role=founder")]
    [TestCase("councils.json?status=active&theme=housing", "/v1/councils?status=active&theme=housing")]
    [TestCase("governance-bodies.json?type=plenary-assembly,steering-committee&council=grenoble", "/v1/governance-bodies?type=plenary-assembly,steering-committee&council=grenoble")]
    [TestCase("councils.json?updatedSince=2100-01-01T00:00:00Z", "/v1/councils?updatedSince=2100-01-01T00:00:00Z")]
    public async Task Filters_are_those_of_the_list(string export, string list)
    {
        var items = (await Anonymous.GetAsync($"/v1/exports/{export}")).With(HttpStatusCode.OK).Items;
        var listed = await ExportFiles.ListAsync(Anonymous, list);
        Assert.That(items.Select(item => ExportFiles.KeyOf(item!)), Is.EquivalentTo(listed.Select(ExportFiles.KeyOf)));
    }

    [TestCase("councils.json")]
    [TestCase("councils.csv")]
    [TestCase("councils.geojson")]
    [TestCase("councils.xlsx")]
    [TestCase("contacts.ndjson")]
    [TestCase("contacts.csv")]
    [TestCase("contacts.xlsx")]
    [TestCase("documents.json")]
    [TestCase("documents.ndjson")]
    public async Task What_is_restricted_is_in_no_export_whatever_the_key(string export)
    {
        Assert.That((await Administrator.GetAsync("/v1/councils/test-formula/contacts")).Items.Select(item => item.Text("label")), Does.Contain("test-restricted"), "it is there for who may see it");
        var answer = await Administrator.GetAsync($"/v1/exports/{export}");
        var bytes = await BytesAsync($"/v1/exports/{export}");
        var text = export.EndsWith("xlsx", StringComparison.Ordinal)
            ? string.Join('\n', ExportFiles.Xlsx(bytes).Rows.SelectMany(row => row.Values))
            : Encoding.UTF8.GetString(bytes) + answer.Body;
        Assert.That(text, Does.Contain("test-").And.Not.Contain("test-restricted").And.Not.Contain("34399").And.Not.Contain("43 99"));
        Assert.That(answer.Headers["Cache-Control"], Does.Contain("private"));
    }

    private static string? CellOf(string column, JsonNode? value) => (column, value) switch
    {
        // Made of several members, or written otherwise.
        ("phones" or "posts" or "composition" or "territory" or "address" or "coordination" or "meetingFrequency" or "typicalSize" or "sources" or "aliases" or "objectives" or "frameworks" or "leads", _) => null,
        ("organisation", JsonObject organisation) => organisation.Text("name"),
        (_, JsonArray list) => string.Join('|', list.Select(entry => entry!.GetValue<string>().Replace('|', '¦'))),
        (_, JsonValue single) when single.GetValueKind() is System.Text.Json.JsonValueKind.String =>
            single.GetValue<string>() is var text && text[0] is '=' or '+' or '-' or '@' or '＝' ? $"'{text}" : text,
        (_, JsonValue single) => single.ToJsonString(),
        _ => null,
    };

    private async Task<List<JsonNode>> LinesAsync(string path) =>
        [.. Encoding.UTF8.GetString(await BytesAsync(path)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];

    private async Task<byte[]> BytesAsync(string path) => await (await AnswerAsync(path)).Content.ReadAsByteArrayAsync();

    private async Task<HttpResponseMessage> AnswerAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = new Uri(Service.Urls.First()) };
        var answer = await http.GetAsync(path);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        return answer;
    }
}

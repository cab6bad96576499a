using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CLSM.Directory.Api.Features.Imports;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Resources;
using CLSM.Directory.Importing.Reading;
using CLSM.Directory.Tests.Hosting;
using CLSM.Directory.TestSupport;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;

namespace CLSM.Directory.Tests;

/// <summary>Sheets over HTTP and from files, on a database of their own.</summary>
internal sealed class SheetImportTests : DirectoryFixture
{
    private const string Ndjson = "application/x-ndjson";

    private static readonly string[] Sheets = EmbeddedResource.Read("Seeds.sheets.ndjson").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Test]
    public async Task Every_sheet_that_ships_is_in_the_default_data_with_each_of_its_values_and_again_changes_nothing()
    {
        await Service.Services.GetRequiredService<Seeds>().LoadAsync(CancellationToken.None);
        Assert.That(Sheets, Has.Length.EqualTo(52));
        await Assert.MultipleAsync(async () =>
        {
            foreach (var sheet in Sheets)
            {
                using var body = JsonDocument.Parse(sheet);
                var code = body.RootElement.GetProperty("id").GetString();
                var stored = (await Anonymous.GetAsync($"/v1/councils/{code}/document")).With(HttpStatusCode.OK);
                Assert.That(SheetValues.Missing(body.RootElement, stored.Body), Is.Empty, code);
                Assert.That(stored.Json["sources"]!.AsArray(), Is.Not.Empty);
            }
        });

        var before = await HeadAsync();
        var report = await ImportAsync(Administrator, string.Join('\n', Sheets));
        report["summary"].ShouldBe($$"""{"created":0,"changed":0,"unchanged":{{Sheets.Length}},"refused":0}""");
        Assert.That(await HeadAsync(), Is.EqualTo(before), "no change was written");
    }

    [Test]
    public async Task A_sheet_is_created_then_unchanged_then_changed_and_says_in_what()
    {
        Assert.That(Item(await ImportAsync(Administrator, """{"id":"test-life","nom":"CLSM","axes":["a"],"statut":"actif"}""")).Text("outcome"), Is.EqualTo("created"));
        Assert.That(Item(await ImportAsync(Administrator, """{"id":"test-life","nom":"CLSM","axes":["a"],"statut":"actif"}""")).Text("outcome"), Is.EqualTo("unchanged"));
        var changed = Item(await ImportAsync(Administrator, """{"id":"test-life","nom":"CLSM","axes":["a"],"statut":"clos","organisations":["Ville de Test"]}"""));
        Assert.That(changed.Text("outcome"), Is.EqualTo("changed"));
        Assert.That(changed["changes"]!.AsArray().Select(change => change!.GetValue<string>()), Is.SupersetOf(new[] { "/status", "/organisations/Ville de Test" }));
    }

    [FsCheck.NUnit.Property(MaxTest = 60)]
    public Property A_sheet_imported_twice_is_imported_once() => Prop.ForAll(Arb.From(SheetGenerator.Sheets()), sheet =>
    {
        var line = sheet.Replace("\"id\":\"test\"", $"\"id\":\"test-{Guid.NewGuid():N}\"", StringComparison.Ordinal);
        var first = Item(ImportAsync(Administrator, line).GetAwaiter().GetResult());
        var head = HeadAsync().GetAwaiter().GetResult();
        var second = Item(ImportAsync(Administrator, line).GetAwaiter().GetResult());
        Assert.That(second.Text("outcome"), Is.EqualTo(first.Text("outcome") == "created" ? "unchanged" : "refused"), $"{line}\n{second.ToJsonString()}");
        Assert.That(second["keptAsWords"]!.ToJsonString(), Is.EqualTo(first["keptAsWords"]!.ToJsonString()));
        Assert.That(HeadAsync().GetAwaiter().GetResult(), Is.EqualTo(head), "no change was written");
    });

    [Test]
    public async Task A_contact_that_is_for_its_council_alone_is_unchanged_when_its_sheet_comes_again()
    {
        const string Sheet = """{"id":"test-contact","nom":"CLSM","contact":"Mme Exemple"}""";
        Assert.That(Item(await ImportAsync(Administrator, Sheet)).Text("outcome"), Is.EqualTo("created"));
        Assert.That((await Administrator.GetAsync("/v1/councils/test-contact/contacts")).Items[0].Text("visibility"), Is.EqualTo("council"));
        var before = await HeadAsync();
        Assert.That(Item(await ImportAsync(Administrator, Sheet)).Text("outcome"), Is.EqualTo("unchanged"));
        Assert.That(await HeadAsync(), Is.EqualTo(before), "no change was written");
    }

    [Test]
    public async Task A_dry_run_reports_and_keeps_nothing()
    {
        var before = await HeadAsync();
        var report = await ImportAsync(Administrator, """{"id":"test-dry","nom":"CLSM"}""", "?dryRun=true");
        Assert.That(Item(report).Text("outcome"), Is.EqualTo("created"));
        (await Anonymous.GetAsync("/v1/councils/test-dry")).With(HttpStatusCode.NotFound);
        Assert.That(await HeadAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Names_of_places_are_told_apart_by_their_departements_and_never_guessed()
    {
        var report = await ImportAsync(Administrator, string.Join('\n',
            """{"id":"test-places-1","nom":"x","territoire":{"communes":["Saint-Denis"],"departement":"Seine-Saint-Denis"}}""",
            """{"id":"test-places-2","nom":"x","territoire":{"communes":["Saint-Denis"],"departement":["93","974"]}}""",
            """{"id":"test-places-3","nom":"x","territoire":{"communes":["Paris 14e"],"departement":"nowhere"}}"""));
        Assert.That(
            report["items"]!.AsArray().Select(item => string.Join(' ', item!["problems"]!.AsArray().Select(problem => problem.Text("code")))),
            Is.EqualTo(new[] { "", "ambiguous-territory", "department-not-found" }));
        Assert.That(report["items"]![1]!["problems"]![0].Text("detail"), Does.Contain("93066").And.Contain("97411"));
        Assert.That((await Anonymous.GetAsync("/v1/councils/test-places-1")).Json["territory"]!["parts"]![0].Text("code"), Is.EqualTo("93066"));
        Assert.That((await Anonymous.GetAsync("/v1/councils/test-places-2")).Json["territory"]!["parts"]![0]!["code"], Is.Null);
        Assert.That((await Anonymous.GetAsync("/v1/councils/test-places-3")).Json["territory"]!["parts"]![0].Text("code"), Is.EqualTo("75114"));
    }

    [Test]
    public async Task What_a_sheet_cannot_say_stays()
    {
        await ImportAsync(Administrator, """{"id":"test-stays","nom":"CLSM"}""");
        (await Administrator.PatchAsync("/v1/councils/test-stays", """{"shortName":"test-0001"}""", "*")).With(HttpStatusCode.OK);
        (await Administrator.PostAsync("/v1/councils/test-stays/contacts", """{"function":"coordinator","label":"test-hidden","nominative":false,"visibility":"council"}""")).With(HttpStatusCode.Created);
        var report = await ImportAsync(Administrator, """{"id":"test-stays","nom":"CLSM de Test"}""");
        Assert.That(Item(report)["changes"]!.ToJsonString(), Does.Contain("/name").And.Not.Contain("hidden").And.Not.Contain("shortName"));
        Assert.That((await Administrator.GetAsync("/v1/councils/test-stays/document")).Body, Does.Contain("test-hidden").And.Contain("test-0001"));
    }

    [Test]
    public async Task A_key_of_one_council_imports_that_one_only()
    {
        using var key = await WithKeyAsync("test-own", false, "grenoble");
        var report = await ImportAsync(key, """{"id":"metz","nom":"x"}""" + "\n" + """{"id":"test-new","nom":"x"}""");
        Assert.That(report["items"]!.AsArray().Select(item => item!["problems"]![0].Text("code")), Is.All.EqualTo("forbidden"));
        (await Anonymous.SendAsync(HttpMethod.Post, "/v1/imports", Body("{}", Ndjson))).With(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task A_bad_line_stops_itself_only()
    {
        var report = await ImportAsync(Administrator, string.Join("\r\n",
            "\uFEFF" + """{"id":"test-a","nom":"A"}""", "nonsense", "", """{"id":"test-a","nom":"A"}""", """{"id":"Test B","nom":"B"}""", "[1]", """{"nom":"Sans id"}""",
            """{"id":"test-f","nom":"=HYPERLINK(\"http://x\")"}""", """{"id":"test-c","nom":"C","id":"test-d"}""", """{"id":"test-z","nom":"Z"}""", """{"id":"test-cut","no"""));
        Assert.That(
            report["items"]!.AsArray().Select(item => $"{item!["line"]} {item.Text("outcome")} {item["problems"]!.AsArray().FirstOrDefault()?["code"]} {item["problems"]!.AsArray().FirstOrDefault()?["pointer"]}".Trim()),
            Is.EqualTo(new[]
            {
                "1 created", "2 refused malformed-json", "4 refused duplicate-sheet /id", "5 refused malformed-council-code /id", "6 refused wrong-type", "7 refused missing-property /id",
                "8 refused formula /nom", "9 refused duplicate-property /id", "10 created", "11 refused cut-line",
            }));
        Assert.That(report["items"]![3]!["problems"]![0].Text("closest"), Is.EqualTo("test-b"));
        Assert.That(report["items"]![5]!["problems"]![0].Text("closest"), Is.EqualTo("sans-id"));
    }

    [Test]
    public async Task A_line_in_Windows_1252_is_refused_as_JSON_and_read_as_CSV_with_a_note()
    {
        var windows = Encoding.Latin1;
        var json = await SendAsync(Administrator, "/v1/imports?dryRun=true", windows.GetBytes("""{"id":"test-w","nom":"Évry"}"""), Ndjson);
        Assert.That(Item(json.Json)["problems"]![0].Text("code"), Is.EqualTo("not-utf8"));
        var csv = await SendAsync(Administrator, "/v1/imports", windows.GetBytes("id;nom\r\ntest-w;Évry\r\n"), "text/csv");
        Assert.That(Item(csv.Json).Text("outcome"), Is.EqualTo("created"));
        Assert.That(Item(csv.Json)["problems"]![0].Text("code"), Is.EqualTo("read-as-windows-1252"));
        Assert.That((await Anonymous.GetAsync("/v1/councils/test-w")).Json.Text("name"), Is.EqualTo("Évry"));
    }

    [TestCase(";")]
    [TestCase(",")]
    [TestCase("\t")]
    public async Task A_CSV_is_read_whatever_its_separator(string separator)
    {
        var csv = string.Join("\r\n", "\uFEFFid;Nom;Année création;organisations;contact téléphone;Couleur".Replace(";", separator, StringComparison.Ordinal),
            "test-csv;\"CLSM \"\"de\"\" Test\";en 2006;\"ARS Corse | Ville de Test\n Unafam\";04 72 10 35 93;bleu".Replace(";", separator, StringComparison.Ordinal),
            "test-csv-2;x".Replace(";", separator, StringComparison.Ordinal),
            "test-csv-3;x;;;;;y".Replace(";", separator, StringComparison.Ordinal),
            "test-csv-4;=cmd();;;;".Replace(";", separator, StringComparison.Ordinal),
            "test-csv-5;\"x".Replace(";", separator, StringComparison.Ordinal),
            "test-csv-6;x;;;;;;".Replace(";", separator, StringComparison.Ordinal));
        var report = (await SendAsync(Administrator, "/v1/imports?dryRun=true", Encoding.UTF8.GetBytes(csv), "text/csv")).Json;
        Assert.That(
            report["items"]!.AsArray().Select(item => $"{item!["line"]} {item.Text("outcome")} {item["problems"]!.AsArray().FirstOrDefault()?["code"]}".Trim()),
            Is.EqualTo(new[] { "2 created unknown-key", "4 refused shifted-columns", "5 refused shifted-columns", "6 refused formula", "7 refused open-quote", "8 created" }));
        Assert.That(report["items"]![0]!["keptAsWords"]!.ToJsonString(), Does.Contain("bleu"));
    }

    [Test]
    public async Task A_line_of_any_length_is_refused_without_being_held()
    {
        await using var stream = new Repeated("""{"id":"test-long","nom":"CLSM"}""" + "\n", 64L * 1024 * 1024, "\n" + """{"id":"test-after","nom":"CLSM"}""" + "\n");
        var before = GC.GetTotalAllocatedBytes();
        var items = await Import(ImportMode.DryRun).ImportAsync(stream, SheetFormat.Ndjson, CancellationToken.None).ToListAsync();
        Assert.That(items.Select(item => $"{item.Line} {item.Outcome}"), Is.EqualTo(new[] { "1 created", "2 refused", "3 created" }));
        Assert.That(items[1].Problems[0].Code, Is.EqualTo("line-too-long"));
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(48L * 1024 * 1024));
    }

    [Test]
    public async Task Thousands_of_sheets_stream_through()
    {
        const int Count = 2_000;
        var text = string.Concat(Enumerable.Range(0, Count).Select(number => $$"""{"id":"test-many-{{number}}","nom":"CLSM {{number}}","organisations":["ARS","Ville de Test"]}""" + "\n"));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var (count, most) = (0, 0L);
        await foreach (var item in Import(ImportMode.DryRun).ImportAsync(stream, SheetFormat.Ndjson, CancellationToken.None))
        {
            Assert.That(item.Outcome, Is.EqualTo("created"));
            most = ++count % 500 == 0 ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: true)) : most;
        }

        Assert.That(count, Is.EqualTo(Count));
        Assert.That(most, Is.LessThan(200L * 1024 * 1024));
    }

    [Test]
    public async Task A_validation_needs_no_key_and_stores_nothing()
    {
        var before = await HeadAsync();
        foreach (var (body, mediaType, outcome) in new[]
        {
            ("""{"id":"test-valid","nom":"CLSM"}""", "application/json", "created"),
            ("""{"code":"test-valid","kind":"clsm","name":"CLSM","status":"active"}""", "application/json", "created"),
            ("""{"code":"test-valid","kind":"clsn","name":"CLSM","status":"active"}""", "application/json", "refused"),
            ((await Anonymous.GetAsync("/v1/councils/metz/document")).Body, "application/json", "unchanged"),
            ("""{"id":"test-valid","nom":"CLSM"}""", Ndjson, "created"),
            ("id;nom\ntest-valid;CLSM", "text/csv", "created"),
        })
        {
            var report = (await SendAsync(Anonymous, "/v1/validations", Encoding.UTF8.GetBytes(body), mediaType)).With(HttpStatusCode.OK).Json;
            Assert.That(Item(report).Text("outcome"), Is.EqualTo(outcome), body[..Math.Min(80, body.Length)]);
        }

        Assert.That(await HeadAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_validation_refuses_a_text_that_is_longer_than_any_sheet_and_more_pieces_than_any_council_has()
    {
        var report = await ValidateAsync(new string('a', CouncilSheet.MaxTextLength + 1));
        Assert.That(report["items"]![0]!["problems"]!.AsArray().Select(problem => problem.Text("code")), Is.All.EqualTo("too-long"));
        report = await ValidateAsync(string.Concat(Enumerable.Repeat("a;", 5_000)));
        Assert.That(report["items"]![0]!["problems"]![0].Text("code"), Is.EqualTo("too-many-items"));

        async Task<JsonNode> ValidateAsync(string text)
        {
            var sheet = new JsonObject { ["id"] = "test-0001", ["nom"] = "test-0001" };
            foreach (var key in CouncilSheet.Keys.Keys.Except(["id", "nom"]))
            {
                sheet[key] = text;
            }

            return (await SendAsync(Anonymous, "/v1/validations", Encoding.UTF8.GetBytes(sheet.ToJsonString()), Ndjson)).With(HttpStatusCode.OK).Json;
        }
    }

    [Test]
    public async Task The_template_is_a_file_that_can_be_imported_and_the_schema_names_every_key()
    {
        var template = (await Anonymous.GetAsync("/v1/sheets/template.csv")).With(HttpStatusCode.OK);
        var report = (await SendAsync(Anonymous, "/v1/validations", Encoding.UTF8.GetBytes(template.Body), "text/csv")).Json;
        Assert.That(Item(report).Text("outcome"), Is.Not.EqualTo("refused"), report.ToJsonString());
        var schema = (await Anonymous.GetAsync("/v1/sheets/schema.json")).With(HttpStatusCode.OK).Json;
        Assert.That(schema["properties"]!.AsObject().Select(property => property.Key), Is.EquivalentTo(CouncilSheet.Keys.Keys));
    }

    [Test]
    public async Task Problems_of_an_import_are_in_the_language_that_is_asked_for()
    {
        var french = Item(await ImportAsync(Administrator, "x"))["problems"]![0].Text("detail");
        var english = (await Administrator.SendAsync(HttpMethod.Post, "/v1/imports", Body("x\n", Ndjson), ("Accept-Language", "en"))).Json;
        Assert.That(french, Does.Contain("fichier a été coupé"));
        Assert.That(Item(english)["problems"]![0].Text("detail"), Does.StartWith("The body is not readable JSON"));
    }

    private SheetImport Import(ImportMode mode) =>
        new(Service.Services.GetRequiredService<TenantScope<SheetImporter>>(), new UnknownTerritories(), TimeProvider.System) { Mode = mode };

    private static JsonNode Item(JsonNode report) => report["items"]!.AsArray().Single()!;

    private static async Task<JsonNode> ImportAsync(Client client, string lines, string query = "") =>
        (await SendAsync(client, "/v1/imports" + query, Encoding.UTF8.GetBytes(lines), Ndjson)).With(HttpStatusCode.OK).Json;

    private static Task<Answer> SendAsync(Client client, string path, byte[] bytes, string mediaType) => client.SendAsync(HttpMethod.Post, path, Body(bytes, mediaType));

    private static ByteArrayContent Body(string text, string mediaType) => Body(Encoding.UTF8.GetBytes(text), mediaType);

    private static ByteArrayContent Body(byte[] bytes, string mediaType)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return content;
    }

    private Task<long> HeadAsync() => TestCluster.ScalarAsync<long>(Database.Reader, "select cursor from published.change_head");

    /// <summary>A head, then one letter very many times, then a tail.</summary>
    private sealed class Repeated(string head, long count, string tail) : Stream
    {
        private readonly byte[] start = Encoding.UTF8.GetBytes(head);
        private readonly byte[] end = Encoding.UTF8.GetBytes(tail);
        private long position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => start.Length + count + end.Length;

        public override long Position { get => position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var length = (int)Math.Min(buffer.Length, Length - position);
            for (var place = 0; place < length; place++, position++)
            {
                buffer[place] = position < start.Length ? start[position] : position < start.Length + count ? (byte)'x' : end[position - start.Length - count];
            }

            return length;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

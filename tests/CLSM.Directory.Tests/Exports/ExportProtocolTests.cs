using System.IO.Compression;
using System.Net;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests.Exports;

/// <summary>Exports as HTTP: caching, compression, names of files, and what is refused.</summary>
internal sealed class ExportProtocolTests : DirectoryFixture
{
    private static readonly string[] Exports = ["councils.json", "councils.ndjson", "councils.csv", "councils.geojson", "councils.xlsx", "events.csv", "documents.ndjson"];

    [TestCaseSource(nameof(Exports))]
    public async Task Nothing_changed_is_nothing_sent_until_something_changes(string export)
    {
        var first = (await Anonymous.GetAsync($"/v1/exports/{export}")).With(HttpStatusCode.OK);
        var again = (await Anonymous.GetAsync($"/v1/exports/{export}", ("If-None-Match", first.ETag))).With(HttpStatusCode.NotModified);
        Assert.That(again.Body, Is.Empty);
        Assert.That(again.ETag, Is.EqualTo(first.ETag));
        Assert.That(again.Headers["Changes-Cursor"], Is.EqualTo(first.Headers["Changes-Cursor"]));
        (await Metz.PatchAsync("/v1/councils/metz", $$"""{"shortName":"test-{{export}}"}""", "*")).With(HttpStatusCode.OK);
        var changed = (await Anonymous.GetAsync($"/v1/exports/{export}", ("If-None-Match", first.ETag))).With(HttpStatusCode.OK);
        Assert.That(changed.ETag, Is.Not.EqualTo(first.ETag));
        Assert.That(changed.Headers["Changes-Cursor"], Is.Not.EqualTo(first.Headers["Changes-Cursor"]));
    }

    [TestCaseSource(nameof(Exports))]
    public async Task An_export_says_what_it_is(string export)
    {
        var answer = (await Anonymous.GetAsync($"/v1/exports/{export}", ("Origin", "https://test.example"))).With(HttpStatusCode.OK);
        Assert.That(answer.Headers["Content-Disposition"], Does.Match($"^attachment; filename=\"clsm-{export.Split('.')[0]}-20[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}\\.{export.Split('.')[1]}\"$"));
        Assert.That(answer.Headers["Accept-Ranges"], Is.EqualTo("none"));
        Assert.That(answer.Headers["Access-Control-Expose-Headers"], Does.Contain("Changes-Cursor"));
        Assert.That(answer.Headers, Contains.Key("Last-Modified"));
        Assert.That(answer.Headers["Changes-Cursor"], Is.EqualTo((await Anonymous.GetAsync("/v1/changes/latest")).Json.Text("cursor")));
        var head = (await Anonymous.SendAsync(HttpMethod.Head, $"/v1/exports/{export}", null)).With(HttpStatusCode.OK);
        Assert.That(head.Body, Is.Empty);
        foreach (var name in new[] { "ETag", "Changes-Cursor", "Content-Type", "Content-Disposition", "Vary" })
        {
            Assert.That(head.Headers[name], Is.EqualTo(answer.Headers[name]), name);
        }
    }

    [TestCase("br", "councils.json")]
    [TestCase("gzip", "councils.csv")]
    [TestCase("gzip;q=0.5, br", "events.ndjson")]
    [TestCase("gzip", "councils.geojson")]
    [TestCase("identity", "councils.json")]
    [TestCase("zstd", "councils.json")]
    [TestCase("br", "councils.xlsx")]
    public async Task An_export_is_compressed_as_the_client_asks(string accepted, string export)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = new Uri(Service.Urls.First()) };
        var plain = await http.GetByteArrayAsync($"/v1/exports/{export}");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/exports/{export}");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var answer = await http.SendAsync(request);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var encoding = answer.Content.Headers.ContentEncoding.SingleOrDefault();
        Assert.That(encoding, Is.EqualTo(export.EndsWith("xlsx", StringComparison.Ordinal) || accepted is "identity" or "zstd" ? null : accepted.Split(", ")[^1]));
        Assert.That(answer.Headers.Vary.Contains("Accept-Encoding"), Is.EqualTo(!export.EndsWith("xlsx", StringComparison.Ordinal)));
        await using var stream = encoding switch { "br" => new BrotliStream(body, CompressionMode.Decompress), "gzip" => new GZipStream(body, CompressionMode.Decompress), _ => body };
        using var read = new MemoryStream();
        await stream.CopyToAsync(read);
        Assert.That(read.ToArray(), Is.EqualTo(plain));
    }

    [TestCase("councils.pdf", "format", null)]
    [TestCase("councils.jsn", "format", "json")]
    [TestCase("events.geojson", "format", "json")]
    [TestCase("documents.csv", "format", null)]
    public async Task A_format_that_does_not_exist_is_not_found(string export, string parameter, string? closest)
    {
        var refused = (await Anonymous.GetAsync($"/v1/exports/{export}")).With(HttpStatusCode.NotFound);
        Assert.That(refused.Problem, Is.EqualTo("unknown-format"));
        Assert.That(refused.Error(parameter)["closest"]?.GetValue<string>(), closest is null ? Is.Null.Or.Not.Null : Is.EqualTo(closest));
    }

    [TestCase("councils.csv?delimiter=%7C", "delimiter")]
    [TestCase("councils.csv?delimiter=", "delimiter")]
    [TestCase("councils.csv?delimiter=tab&delimiter=tab", "delimiter")]
    [TestCase("councils.csv?bom=yes", "bom")]
    [TestCase("councils.csv?limit=10", "limit")]
    [TestCase("councils.csv?cursor=abc", "cursor")]
    [TestCase("councils.json?bom=true", "bom")]
    [TestCase("councils.xlsx?delimiter=tab", "delimiter")]
    [TestCase("documents.json?bom=true", "bom")]
    [TestCase("councils.csv?status=actif", "status")]
    [TestCase("councils.csv?satus=active", "satus")]
    [TestCase("councils.csv?status=active%00", "status")]
    [TestCase("events.csv?updatedSince=hier", "updatedSince")]
    [TestCase("organisations.ndjson?identifier=1';drop table council", "identifier")]
    public async Task A_wrong_parameter_is_refused_by_name(string export, string parameter) =>
        (await Anonymous.GetAsync($"/v1/exports/{export}")).With(HttpStatusCode.BadRequest).Error(parameter);

    [Test]
    public async Task An_unknown_code_is_refused_with_the_closest()
    {
        var refused = (await Anonymous.GetAsync("/v1/exports/events.csv?council=grenobl")).With(HttpStatusCode.UnprocessableEntity);
        Assert.That(refused.Error("council").Text("closest"), Is.EqualTo("grenoble"));
        Assert.That(refused.Headers, Does.Not.ContainKey("Content-Disposition").And.Not.ContainKey("Changes-Cursor"));
    }

    [Test]
    public async Task A_format_is_chosen_by_the_address_and_a_client_that_cannot_take_it_is_told()
    {
        (await Anonymous.GetAsync("/v1/exports/councils.csv", ("Accept", "application/json"))).With(HttpStatusCode.NotAcceptable);
        (await Anonymous.GetAsync("/v1/exports/councils.csv", ("Accept", "text/html, */*;q=0.1"))).With(HttpStatusCode.OK);
        (await Anonymous.GetAsync("/v1/exports/councils.csv", ("Accept", "image/png"))).With(HttpStatusCode.NotAcceptable);
    }

    [Test]
    public async Task Exports_are_only_read()
    {
        var refused = (await Administrator.PostAsync("/v1/exports/councils.csv", "{}")).With(HttpStatusCode.MethodNotAllowed);
        Assert.That(refused.Headers["Allow"], Is.EqualTo("GET, HEAD"));
    }

    [Test]
    public async Task The_contract_names_every_column_that_there_is()
    {
        var contract = (await Anonymous.GetAsync("/openapi/v1.json")).With(HttpStatusCode.OK).Json;
        foreach (var resource in new[] { "councils", "governance-bodies", "working-groups", "organisations", "contacts", "events" })
        {
            var description = contract["paths"]![$"/v1/exports/{resource}.{{format}}"]!["get"].Text("description");
            var header = (await Anonymous.GetAsync($"/v1/exports/{resource}.csv?bom=false")).Body.Split("\r\n")[0];
            foreach (var column in header.Split(';'))
            {
                Assert.That(description, Does.Contain($"| `{column}` |"), resource);
            }
        }
    }
}

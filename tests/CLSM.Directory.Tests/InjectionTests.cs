using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Tests.Fuzzing;
using CLSM.Directory.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CLSM.Directory.Tests;

/// <summary>What callers send stays what they sent: no part of a statement, of a header, of a page or of a path.</summary>
internal sealed class InjectionTests : DirectoryFixture
{
    private readonly StatementRecorder recorder = new();
    private Contract contract = null!;

    protected override void Adjust(WebApplicationBuilder builder)
    {
        builder.Services.ConfigureDbContext<PublishedDbContext>(options => options.AddInterceptors(recorder));
        builder.Services.ConfigureDbContext<CouncilDbContext>(options => options.AddInterceptors(recorder));
    }

    [OneTimeSetUp]
    public async Task ReadAsync() => contract = new Contract((await Anonymous.GetAsync("/openapi/v1.json")).With(HttpStatusCode.OK).Json);

    [Test]
    public async Task No_word_of_a_caller_becomes_text_of_a_statement()
    {
        recorder.Take();
        await Assert.MultipleAsync(async () =>
        {
            foreach (var operation in contract.Operations.Where(operation => operation.Method == HttpMethod.Get))
            {
                foreach (var parameter in operation.Parameters.Where(parameter => parameter.In == "query" && parameter.Name != "wait"))
                {
                    foreach (var text in new[] { "zqz'zqz", "zqz", "finess:zqz'" })
                    {
                        var answer = await Administrator.GetAsync($"{PathOf(operation)}?{parameter.Name}={Uri.EscapeDataString(text)}");
                        Assert.That((int)answer.Status, Is.LessThan(500), $"{operation.Id} {parameter.Name}: {answer.Body}");
                    }
                }
            }
        });
        var statements = recorder.Take();
        Assert.That(statements, Has.Count.GreaterThan(50));
        Assert.That(statements.Where(statement => statement.Sql.Contains("zqz", StringComparison.OrdinalIgnoreCase)), Is.Empty);
        Assert.That(statements.SelectMany(statement => statement.Parameters), Has.Some.Property("Value").Matches<object?>(value => value?.ToString()?.Contains("zqz", StringComparison.Ordinal) == true), "the words did reach the database");
    }

    [TestCaseSource(typeof(HostileTexts), nameof(HostileTexts.Sql))]
    [TestCaseSource(typeof(HostileTexts), nameof(HostileTexts.TextSearch))]
    public async Task A_search_for_statements_and_operators_is_a_search_for_words(string text)
    {
        foreach (var path in new[] { "/v1/councils?q=", "/v1/organisations?q=", "/v1/search?q=", "/v1/territories/communes?q=", "/v1/organisations?identifier=siren:", "/embed?search=" })
        {
            var answer = await Anonymous.GetAsync(path + Uri.EscapeDataString(text));
            Assert.That((int)answer.Status, Is.EqualTo(200).Or.EqualTo(400), $"{path}: {answer.Body}");
        }
    }

    [TestCaseSource(typeof(HostileTexts), nameof(HostileTexts.JsonPath))]
    public async Task A_path_into_JSON_is_a_name_that_does_not_exist(string text)
    {
        foreach (var path in new[] { "/v1/councils?fields=", "/v1/councils?missing=", "/v1/councils?sort=", "/v1/councils?expand=" })
        {
            (await Anonymous.GetAsync(path + Uri.EscapeDataString(text))).With(HttpStatusCode.BadRequest);
        }

        var refused = await Metz.PatchAsync("/v1/councils/metz", new JsonObject { [text] = 1 }.ToJsonString(), "*");
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), refused.Body);
    }

    [TestCaseSource(typeof(HostileTexts), nameof(HostileTexts.Header))]
    public async Task No_header_is_made_of_what_was_sent(string text)
    {
        var written = Uri.EscapeDataString(text);
        foreach (var path in new[] { $"/v1/councils?limit=1&q={written}", $"/v1/organisations?limit=1&carrier={written}", $"/v1/exports/councils.csv?carrier={written}", $"/v1/councils/{written}", $"/v1/vocabularies/{written}", $"/oembed?url={written}", $"/embed/councils?place={written}", $"/{written}" })
        {
            var answer = await Anonymous.GetAsync(path);
            Assert.That((int)answer.Status, Is.LessThan(500), $"{path}: {answer.Body}");
            Assert.That(answer.Headers.Keys, Has.None.EqualTo("X-Test").And.None.EqualTo("Set-Cookie"), path);
            Assert.That(answer.Headers.Values, Is.All.Matches("^[ -~]*$"), path);
            Assert.That(answer.Headers.GetValueOrDefault("Link") ?? "", Does.Match("^(<[!-;=?-~]+>; rel=\"next\")?$").Or.Contain("oembed"), path);
        }
    }

    [TestCase("Idempotency-Key: a\rX-Test: 1")]
    [TestCase("Accept-Language: en\0fr")]
    [TestCase("X Test: 1")]
    [TestCase(" folded: 1")]
    [TestCase("Content-Length: 5\r\nTransfer-Encoding: chunked")]
    [TestCase("Content-Length: -1")]
    [TestCase("Transfer-Encoding: chunked, identity")]
    public async Task A_request_that_is_no_HTTP_is_refused_and_leaves_nothing_for_the_next(string header)
    {
        var address = new Uri(Service.Urls.First());
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"POST /v1/councils/search HTTP/1.1\r\nHost: {address.Authority}\r\n{header}\r\n\r\n0\r\n\r\nGET /v1/vocabularies HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n\r\n"));
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer);
        }
        catch (IOException)
        {
            // The rest was not waited for.
        }

        var text = Encoding.Latin1.GetString(answer.ToArray());
        Assert.That(text, Is.Empty.Or.StartsWith("HTTP/1.1 4"));
        Assert.That(text, Does.Not.Contain("HTTP/1.1 200"));
    }

    [TestCase("/v1/councils/%2e%2e/%2e%2e/%2e%2e/etc/passwd")]
    [TestCase("/v1/councils/..%2f..%2f..%2fetc%2fpasswd")]
    [TestCase("/v1/councils/..%5c..%5cappsettings.json")]
    [TestCase("/swagger/..%2f..%2fappsettings.json")]
    [TestCase("/swagger/%2e%2e/%2e%2e/etc/passwd")]
    [TestCase("/swagger/....//....//etc/passwd")]
    [TestCase("/openapi/..%2f..%2fetc%2fpasswd")]
    [TestCase("/embed/..%2f..%2fetc%2fpasswd")]
    [TestCase("/embed/councils/..%2f..%2fetc%2fpasswd")]
    [TestCase("/v1/exports/..%2f..%2fetc%2fpasswd.csv")]
    [TestCase("/v1/exports/councils.csv%2f..%2fx")]
    [TestCase("//test.invalid/%2e%2e")]
    [TestCase("/\\test.invalid")]
    public async Task A_path_leads_nowhere_else(string path)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var response = await http.GetAsync(new Uri(Service.Urls.First() + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        var body = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.InRange(400, 499), body);
        Assert.That(body, Does.Not.Contain("root:").And.Not.Contain("ConnectionStrings"));
    }

    [Test]
    public async Task A_body_that_would_unfold_is_refused_everywhere()
    {
        foreach (var operation in contract.Operations.Where(operation => operation.Bodies.Count > 0))
        {
            using var content = new ByteArrayContent(HostileBodies.Compressed(50_000_000));
            content.Headers.TryAddWithoutValidation("Content-Type", operation.Bodies[0].MediaType);
            content.Headers.ContentEncoding.Add("gzip");
            var answer = await Administrator.SendAsync(operation.Method, PathOf(operation), content, ("If-Match", "*"));
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnsupportedMediaType), $"{operation.Id}: {answer.Body}");
        }
    }

    [Test]
    public async Task A_flood_of_parameters_is_refused_as_one_would_be()
    {
        var unknown = string.Join('&', Enumerable.Range(0, 50_000).Select(number => $"k{number}={number}"));
        Assert.That((await Anonymous.GetAsync($"/v1/councils?{unknown}")).With(HttpStatusCode.BadRequest).Json["errors"]!.AsArray(), Has.Count.EqualTo(100));
        var communes = string.Join('&', Enumerable.Range(0, 10_000).Select(number => $"commune={number:00000}"));
        Assert.That((await Anonymous.GetAsync($"/v1/councils?{communes}")).With(HttpStatusCode.BadRequest).Error("commune").Text("code"), Is.EqualTo("too-many-values"));
        Assert.That((await Anonymous.GetAsync($"/v1/councils?{new string('k', 1_000_000)}=1")).With(HttpStatusCode.BadRequest).Json["errors"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [TestCase("\u0007", "␇")]
    [TestCase("\u007f", "␡")]
    [TestCase("a\u202eb", "a\ufffdb")]
    [TestCase("x\u0085y", "x\ufffdy")]
    public async Task What_cannot_be_seen_is_shown_in_a_problem_by_a_sign(string text, string shown)
    {
        var refused = (await Anonymous.GetAsync($"/v1/councils?status={Uri.EscapeDataString(text)}")).With(HttpStatusCode.BadRequest).Error("status");
        Assert.That(refused.Text("value"), Is.EqualTo(shown));
        Assert.That(refused.Text("detail"), Does.Contain(shown));
    }

    private static string PathOf(DescribedOperation operation) =>
        operation.Parameters.Where(parameter => parameter.In == "path").Aggregate(operation.Path, (path, parameter) => path.Replace($"{{{parameter.Name}}}", parameter.Example, StringComparison.Ordinal));
}

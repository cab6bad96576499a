using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CLSM.Directory.Api.Security.Callers;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests.Privacy;

/// <summary>
/// One contact of each visibility, with values that nothing else has, sought in every answer that can be read: every reading operation of the
/// contract in each of its formats, the pages for partners, the stream of events; by each kind of caller.
/// </summary>
internal sealed class VisibilityTests : DirectoryFixture
{
    private readonly Dictionary<string, MadeUpPerson> persons = new() { ["public"] = MadeUpPerson.Next(), ["partners"] = MadeUpPerson.Next(), ["council"] = MadeUpPerson.Next() };
    private readonly List<string> own = [];
    private readonly Dictionary<string, HttpClient> callers = [];
    private List<string> addresses = [];

    [OneTimeSetUp]
    public async Task PlantAsync()
    {
        var cursor = (await Anonymous.GetAsync("/v1/changes/latest")).Json.Text("cursor");
        foreach (var (visibility, person) in persons)
        {
            var contact = (await Grenoble.PostAsync("/v1/councils/grenoble/contacts", person.Contact("fiche-2024", visibility))).With(HttpStatusCode.Created);
            own.AddRange([contact.Headers["Location"], $"/v1/contacts/{contact.Json.Text("id")}/processing"]);
        }

        callers["anonymous"] = Reader(null);
        callers["agency of the region"] = Reader((await Keys.CreateAsync("agency 84", new GrantedScopes(false, [], ["84"]), null, CancellationToken.None)).Secret);
        callers["agency of another region"] = Reader((await Keys.CreateAsync("agency 44", new GrantedScopes(false, [], ["44"]), null, CancellationToken.None)).Secret);
        callers["another council"] = Reader((await Keys.CreateAsync("metz", false, ["metz"], null, CancellationToken.None)).Secret);
        callers["the council"] = Reader((await Keys.CreateAsync("grenoble", false, ["grenoble"], null, CancellationToken.None)).Secret);
        callers["administrator"] = Reader((await Keys.CreateAsync("administrator", true, [], null, CancellationToken.None)).Secret);

        var contract = (await Anonymous.GetAsync("/openapi/v1.json")).With(HttpStatusCode.OK).Json;
        var words = persons.Values.SelectMany(person => new[] { person.Family, person.Email, person.Phone }).Select(Uri.EscapeDataString).ToList();
        addresses =
        [
            .. ContractOperation.From(contract).Where(operation => operation.Method == HttpMethod.Get).SelectMany(operation => Formats(contract, operation.Path)),
            .. own,
            "/v1/councils/grenoble?expand=contacts", "/v1/councils?council=grenoble&expand=contacts", "/v1/councils/grenoble/contacts?limit=1000&evidence=complete",
            "/v1/councils/grenoble/history?limit=1000", "/v1/councils/grenoble/history?sort=-version", "/v1/contacts?limit=1000", "/v1/contacts?council=grenoble&sort=-updatedAt",
            $"/v1/changes?after={cursor}&limit=1000", $"/v1/changes?after={cursor}&wait=1", $"/v1/changes?after={cursor}&region=84", "/v1/statistics?council=grenoble",
            "/embed", "/embed/councils", "/embed/councils?department=38", "/embed/councils/grenoble", "/embed/councils/grenoble?parts=contacts",
            .. words.SelectMany(word => new[] { $"/v1/contacts?q={word}", $"/v1/councils?q={word}", $"/v1/search?q={word}", $"/v1/councils/grenoble/contacts?q={word}" }),
        ];
    }

    [OneTimeTearDown]
    public void End()
    {
        foreach (var caller in callers.Values)
        {
            caller.Dispose();
        }
    }

    [TestCase("anonymous", "public")]
    [TestCase("agency of the region", "public", "partners")]
    [TestCase("agency of another region", "public")]
    [TestCase("another council", "public")]
    [TestCase("the council", "public", "partners", "council")]
    [TestCase("administrator", "public", "partners", "council")]
    public async Task Nobody_reads_anywhere_what_they_may_not(string caller, params string[] seen)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        var read = 0;
        await Assert.MultipleAsync(async () =>
        {
            foreach (var address in addresses.Distinct())
            {
                var body = await ReadAsync(callers[caller], address, "*/*");
                read += body.Length > 0 ? 1 : 0;
                Note(address, body);
            }

            Note("/v1/changes as a stream", await StreamAsync(callers[caller]));
        });

        // What they may, they do: in the list of the council, its document, and the contact itself.
        foreach (var visibility in persons.Keys)
        {
            Assert.That(found.GetValueOrDefault(visibility) > 2, Is.EqualTo(seen.Contains(visibility)), visibility);
        }

        Assert.That(read, Is.GreaterThan(80));

        void Note(string address, string body)
        {
            foreach (var (visibility, person) in persons)
            {
                // What was asked for comes back as a word of the question; only what was not asked tells.
                var values = person.Values.Append(person.Family).Where(value => !Uri.UnescapeDataString(address).Contains(value, StringComparison.OrdinalIgnoreCase)).ToList();
                if (values.Exists(value => body.Contains(value, StringComparison.OrdinalIgnoreCase)))
                {
                    found[visibility] = found.GetValueOrDefault(visibility) + 1;
                    var isNational = !address.StartsWith("/v1/councils/grenoble", StringComparison.Ordinal) && !own.Contains(address);
                    Assert.That(seen.Contains(visibility) && (visibility == "public" || !isNational), Is.True, $"{address} shows {caller} a contact for {visibility}");
                }
            }
        }
    }

    private async Task<string> ReadAsync(HttpClient caller, string address, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Accept = { MediaTypeWithQualityHeaderValue.Parse(accept) } } };
        using var response = await caller.SendAsync(request);
        Assert.That((int)response.StatusCode, Is.LessThan(500), address);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        if (!bytes.AsSpan().StartsWith("PK"u8))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        await using var workbook = new ZipArchive(new MemoryStream(bytes));
        var text = new StringBuilder();
        foreach (var entry in workbook.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync());
            text.Append(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }

    /// <summary>The stream of events from the beginning, until it has told of the contact that everybody may see.</summary>
    private async Task<string> StreamAsync(HttpClient caller)
    {
        var id = own[0][(own[0].LastIndexOf('/') + 1)..];
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/changes") { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("text/event-stream") } } };
        using var response = await caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            text.AppendLine(line);
            if (line.StartsWith("data:", StringComparison.Ordinal) && line.Contains(id, StringComparison.Ordinal))
            {
                break;
            }
        }

        return text.ToString();
    }

    /// <summary>The address in each format that the contract knows of it.</summary>
    private static IEnumerable<string> Formats(JsonNode contract, string path)
    {
        if (!path.StartsWith("/v1/exports/", StringComparison.Ordinal))
        {
            return [path];
        }

        var collection = path[..path.LastIndexOf('.')];
        var parameter = contract["paths"]![$"{collection}.{{format}}"]!["get"]!["parameters"]!.AsArray().Single(parameter => parameter!["name"]?.GetValue<string>() == "format")!;
        var formats = parameter["schema"]!["enum"]!.AsArray().Select(format => format!.GetValue<string>()).ToList();
        Assert.That(formats, Has.Count.GreaterThan(1));
        return formats.Select(format => $"{collection}.{format}");
    }

    private HttpClient Reader(string? key)
    {
        var client = new HttpClient { BaseAddress = new Uri(Service.Urls.First()) };
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return client;
    }
}

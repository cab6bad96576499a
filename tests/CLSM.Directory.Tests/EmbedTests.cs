using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CLSM.Directory.Api;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>Pages that partners show in frames: what they say, to whom, and what they never do.</summary>
internal sealed partial class EmbedTests : DirectoryFixture
{
    private const string GrenoblePage = "/embed/councils/grenoble";

    /// <summary>
    /// Pages of partners name these together with their hashes. Whoever changes the component keeps the former file in Web/Html/Assets/Released,
    /// under any name, and adds the new version here.
    /// </summary>
    private static readonly string[] Released = ["4d4c363cff91739c"];

    [OneTimeSetUp]
    public async Task MakeAsync()
    {
        await PutAsync("test-0001", "\"embedding\":{\"allowedHosts\":[\"www.partner.test\",\"health.test\"]}");
        await PutAsync("test-0002", "\"contacts\":[{\"function\":\"coordinator\",\"label\":\"test-secret\",\"nominative\":false,\"visibility\":\"partners\",\"phones\":[\"+33100000001\"]},{\"function\":\"coordinator\",\"label\":\"test-known\",\"nominative\":false,\"visibility\":\"public\"}]");
        await PutAsync("test-0003", "\"status\":\"merged\",\"successors\":[\"grenoble\"]");
        await PutAsync("test-0004", "\"purpose\":\"test\"");
        (await Administrator.DeleteAsync("/v1/councils/test-0004?reason=duplicate", "*")).With(HttpStatusCode.NoContent);
        await PutAsync("test-0005", "\"purpose\":\"test\"");
        (await Administrator.PatchAsync("/v1/councils/test-0005", """{"code":"test-0006"}""", "*")).With(HttpStatusCode.OK);
    }

    [Test]
    public async Task A_page_shows_a_council_with_source_and_date()
    {
        var page = (await Anonymous.GetAsync(GrenoblePage)).With(HttpStatusCode.OK);
        Assert.That(page.Headers["Content-Type"], Is.EqualTo("text/html; charset=utf-8"));
        foreach (var shown in new[]
        {
            "Conseil Local de Santé Mentale (Ville de Grenoble)", "Territoire", "href=\"tel:+33476034352\">04 76 03 43 52</a>", "Comité de pilotage", "Assemblée plénière", "Groupes de travail partenariaux",
            "href=\"https://www.grenoble.fr/2553-le-conseil-local-de-sante-mentale.htm\"", "CLSM Directory", "Licence Ouverte 2.0", "<time datetime=\"2024-03-14\">14/03/2024</time>", "mises à jour le",
        })
        {
            Assert.That(page.Body, Does.Contain(shown));
        }
    }

    [TestCase("/embed/councils?commune=38185")]
    [TestCase("/embed/councils?department=38")]
    [TestCase("/embed/councils?region=84")]
    [TestCase("/embed/councils?near=45.18,5.72&radius=10")]
    public async Task A_list_shows_the_councils_of_a_place(string path)
    {
        var page = (await Anonymous.GetAsync(path)).With(HttpStatusCode.OK);
        Assert.That(page.Body, Does.Contain("href=\"/embed/councils/grenoble\"").And.Contain("04 76 03 43 52").And.Contain("1 conseil<").And.Contain("name=\"place\""));
        Assert.That(page.Body, Does.Not.Contain("territoire messin"));
    }

    [Test]
    public async Task A_list_that_is_long_goes_on()
    {
        var page = (await Anonymous.GetAsync("/embed/councils?limit=2")).With(HttpStatusCode.OK);
        var next = WebUtility.HtmlDecode(Next().Match(page.Body).Groups[1].Value);
        var second = (await Anonymous.GetAsync(next)).With(HttpStatusCode.OK);
        Assert.That(Shown().Matches(page.Body).Select(match => match.Value), Has.Exactly(2).Items);
        Assert.That(Shown().Matches(second.Body).Select(match => match.Value), Is.Not.Empty.And.Not.SubsetOf(Shown().Matches(page.Body).Select(match => match.Value)));
    }

    [Test]
    public async Task A_place_without_a_council_is_said_to_have_none() =>
        Assert.That((await Anonymous.GetAsync("/embed/councils?commune=2A004")).With(HttpStatusCode.OK).Body, Does.Contain("ne connaît aucun conseil"));

    [TestCase("Grenoble")]
    [TestCase("38185")]
    [TestCase("grenoble ")]
    public async Task A_commune_is_found_by_what_people_write(string place) =>
        Assert.That((await Anonymous.GetAsync($"/embed/councils?place={Uri.EscapeDataString(place)}&lang=en")).With(HttpStatusCode.Redirect).Headers["Location"], Is.EqualTo("/embed/councils?commune=38185&lang=en"));

    [Test]
    public async Task A_name_that_several_communes_have_is_asked_back()
    {
        var page = (await Anonymous.GetAsync("/embed/councils?place=Saint-Denis")).With(HttpStatusCode.OK);
        Assert.That(page.Body, Does.Contain("href=\"/embed/councils?commune=93066\"").And.Contain("href=\"/embed/councils?commune=97411\""));
        Assert.That((await Anonymous.GetAsync("/embed/councils?place=test-nowhere")).With(HttpStatusCode.OK).Body, Does.Contain("Aucune commune"));
    }

    [TestCase("", null, "fr")]
    [TestCase("", "en-GB,en;q=0.9", "en")]
    [TestCase("?lang=en", "fr", "en")]
    [TestCase("?lang=fr", "en", "fr")]
    public async Task The_language_is_the_one_asked_for_then_the_readers_then_French(string query, string? accepted, string expected)
    {
        var page = (await Anonymous.GetAsync(GrenoblePage + query, accepted is null ? [] : [("Accept-Language", accepted)])).With(HttpStatusCode.OK);
        Assert.That(page.Headers["Content-Language"], Is.EqualTo(expected));
        Assert.That(page.Headers["Vary"], Is.EqualTo("Accept-Language"));
        Assert.That(page.Body, Does.Contain($"<html lang=\"{expected}\"").And.Contain(expected == "en" ? "Governance bodies" : "Instances").And.Contain("lang=\"fr\">Comité de pilotage"));
    }

    [TestCase(GrenoblePage)]
    [TestCase("/embed/councils?commune=38185")]
    public async Task A_page_that_is_held_is_not_sent_again(string path)
    {
        var page = await Anonymous.GetAsync(path);
        Assert.That(page.Headers["Cache-Control"], Does.Contain("stale-if-error").And.StartsWith("public"));
        Assert.That(page.Headers, Contains.Key("Last-Modified"));
        Assert.That((await Anonymous.GetAsync(path, ("If-None-Match", page.ETag))).With(HttpStatusCode.NotModified).Body, Is.Empty);
        (await Anonymous.GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? "&" : "?")}lang=en", ("If-None-Match", page.ETag))).With(HttpStatusCode.OK);
        Assert.That((await Anonymous.SendAsync(HttpMethod.Head, path, null)).With(HttpStatusCode.OK).Body, Is.Empty);
    }

    [Test]
    public async Task Whoever_stands_no_longer_under_a_code_is_explained_or_followed()
    {
        foreach (var (path, status, text) in new[]
        {
            ("/embed/councils/test-none", HttpStatusCode.NotFound, "Aucun conseil n’a le code « test-none »"),
            ("/embed/councils/%22%3E%3Cb%3E", HttpStatusCode.NotFound, "&quot;&gt;&lt;b&gt;"),
            ("/embed/councils/test-0004", HttpStatusCode.Gone, "duplicate"),
        })
        {
            var page = (await Anonymous.GetAsync(path)).With(status);
            Assert.That(page.Headers["Content-Type"], Does.StartWith("text/html"));
            Assert.That(page.Headers["Content-Security-Policy"], Does.StartWith("default-src 'none'").And.Not.Contain("frame-ancestors"));
            Assert.That(page.Body, Does.Contain(text).And.Contain("href=\"/embed/councils\""));
        }

        Assert.That((await Anonymous.GetAsync("/embed/councils/test-0003?lang=en")).With(HttpStatusCode.PermanentRedirect).Headers["Location"], Is.EqualTo("/embed/councils/grenoble?lang=en"));
        Assert.That((await Anonymous.GetAsync("/embed/councils/test-0005")).With(HttpStatusCode.MovedPermanently).Headers["Location"], Is.EqualTo("/embed/councils/test-0006"));
    }

    [TestCase("/embed/councils?comune=38185", HttpStatusCode.BadRequest, "commune")]
    [TestCase("/embed/councils?commune=38000", HttpStatusCode.UnprocessableEntity, "38185")]
    [TestCase("/embed/councils?radius=5", HttpStatusCode.BadRequest, "near")]
    [TestCase("/embed/councils?cursor=x", HttpStatusCode.BadRequest, "cursor")]
    [TestCase(GrenoblePage + "?lang=de", HttpStatusCode.BadRequest, "fr, en")]
    [TestCase(GrenoblePage + "?theme=%3Cb%3E", HttpStatusCode.BadRequest, "&lt;b&gt;")]
    [TestCase("/embed?council=test-none", HttpStatusCode.NotFound, "test-none")]
    [TestCase("/embed?commune=99999", HttpStatusCode.UnprocessableEntity, "99999")]
    public async Task A_word_that_is_wrong_is_refused_in_a_readable_page(string path, HttpStatusCode status, string named)
    {
        var page = (await Anonymous.GetAsync(path)).With(status);
        Assert.That(page.Headers["Content-Type"], Does.StartWith("text/html"));
        Assert.That(page.Body, Does.Contain(named).And.Not.Contain("<b>"));
    }

    [Test]
    public async Task What_is_restricted_is_nowhere()
    {
        foreach (var path in new[] { "/embed/councils/test-0002", "/embed/councils/test-0002?format=fragment", "/embed/councils?council=test-0002", "/embed?council=test-0002" })
        {
            foreach (var client in new[] { Anonymous, Administrator })
            {
                var page = (await client.GetAsync(path)).With(HttpStatusCode.OK);
                Assert.That(page.Body, Does.Not.Contain("test-secret").And.Not.Contain("00000001"), path);
            }
        }

        Assert.That((await Anonymous.GetAsync("/embed/councils/test-0002")).Body, Does.Contain("test-known"));
    }

    [Test]
    public async Task Machines_read_the_same_council()
    {
        var data = LinkedData((await Anonymous.GetAsync(GrenoblePage)).Body)["@graph"]!.AsArray();
        Assert.That(data[0]!.Text("@type"), Is.EqualTo("WebPage"));
        var council = data[1]!;
        Assert.That(council.Text("@type"), Is.EqualTo("GovernmentOrganization"));
        Assert.That(council.Text("name"), Is.EqualTo("Conseil Local de Santé Mentale (Ville de Grenoble)"));
        Assert.That(council.Text("foundingDate"), Is.EqualTo("2006"));
        Assert.That(council["areaServed"]![0]!["identifier"]!.Text("value"), Is.EqualTo("38185"));
        Assert.That(council["contactPoint"]![0]!.Text("telephone"), Is.EqualTo("+33476034352"));
        var list = LinkedData((await Anonymous.GetAsync("/embed/councils?commune=38185")).Body);
        Assert.That(list["itemListElement"]![0]!.Text("url"), Does.EndWith("/embed/councils/grenoble"));
    }

    [Test]
    public async Task A_fragment_stands_by_itself_in_a_page_of_others()
    {
        var fragment = (await Anonymous.GetAsync($"{GrenoblePage}?format=fragment")).With(HttpStatusCode.OK).Body;
        Assert.That(fragment.Trim(), Does.StartWith("<section").And.EndWith("</section>"));
        Assert.That(fragment, Does.Not.Contain("<script").And.Not.Contain("<link").And.Not.Contain("href=\"/").And.Contain("CLSM Directory").And.Contain("<time datetime="));
        Assert.That((await Anonymous.GetAsync("/embed/councils?commune=38185&format=fragment")).With(HttpStatusCode.OK).Body, Does.Not.Contain("href=\"/").And.Contain($"href=\"{Service.Urls.First()}{GrenoblePage}\""));
    }

    [Test]
    public async Task What_is_pasted_is_built_without_a_script()
    {
        var found = (await Anonymous.GetAsync("/embed?search=grenoble")).With(HttpStatusCode.OK).Body;
        Assert.That(found, Does.Contain("href=\"/embed?council=grenoble\"").And.Contain("href=\"/embed?commune=38185\""));
        var page = WebUtility.HtmlDecode((await Anonymous.GetAsync("/embed?council=grenoble&lang=en")).With(HttpStatusCode.OK).Body);
        var address = Service.Urls.First();
        Assert.That(page, Does.Contain($"<iframe src=\"{address}{GrenoblePage}?lang=en\"").And.Contain("<clsm-council council=\"grenoble\" lang=\"en\">").And.Contain("<section class=\"clsm\""));
        var (source, integrity) = (Component().Match(page).Groups[1].Value, Component().Match(page).Groups[2].Value);
        using var http = new HttpClient();
        using var script = await http.GetAsync(new Uri(source));
        var bytes = await script.Content.ReadAsByteArrayAsync();
        Assert.That(integrity, Is.EqualTo($"sha384-{Convert.ToBase64String(SHA384.HashData(bytes))}"));
        Assert.That(script.Headers.CacheControl!.ToString(), Does.Contain("immutable"));
    }

    [Test]
    public async Task The_component_is_one_small_file()
    {
        var script = (await Anonymous.GetAsync("/embed/v1.js", ("Origin", "https://partner.test"))).With(HttpStatusCode.OK);
        Assert.That(script.Headers["Access-Control-Allow-Origin"], Is.EqualTo("*"));
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(script.Body));
        }

        Assert.That(compressed.Length, Is.LessThan(12_000));
        Assert.That(script.Body, Does.Not.Contain("innerHTML").And.Not.Contain("cookie;").And.Not.Contain("eval("));
        (await Anonymous.GetAsync("/embed/v1.js?version=0000000000000000")).With(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task A_component_that_a_page_is_pinned_to_stays()
    {
        var page = (await Anonymous.GetAsync("/embed?council=grenoble")).Body;
        Assert.That(Released, Has.Some.Matches<string>(version => page.Contains($"/embed/v1.js?version={version}&quot;", StringComparison.Ordinal)), "the present version is not among the released ones");
        foreach (var version in Released)
        {
            var script = (await Anonymous.GetAsync($"/embed/v1.js?version={version}")).With(HttpStatusCode.OK);
            Assert.That(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(script.Body)))[..16], Is.EqualTo(version));
        }
    }

    [Test]
    public async Task A_frame_says_to_a_person_that_the_directory_does_not_answer()
    {
        await using var service = DirectoryApplication.Build(Database with { Reader = "Host=127.0.0.1;Port=1;Username=nobody;Timeout=2" }, ["--urls", "http://127.0.0.1:0"]);
        await service.StartAsync();
        using var client = new Client(service.Urls.First(), null);
        var page = (await client.GetAsync(GrenoblePage)).With(HttpStatusCode.ServiceUnavailable);
        Assert.That(page.Headers["Content-Type"], Does.StartWith("text/html"));
        Assert.That(page.Headers["Content-Security-Policy"], Does.StartWith("default-src 'none'").And.Not.Contain("frame-ancestors"));
        Assert.That(page.Headers, Contains.Key("Retry-After"));
        Assert.That(page.Body, Does.Contain("Momentanément indisponible"));
        await service.StopAsync();
    }

    private async Task PutAsync(string code, string members, string? name = null)
    {
        var document = $$"""{"code":"{{code}}","kind":"clsm","name":{{JsonValue.Create(name ?? code).ToJsonString()}},{{(members.Contains("\"status\"", StringComparison.Ordinal) ? "" : "\"status\":\"active\",")}}{{members}} }""";
        var answer = await Administrator.PutAsync($"/v1/councils/{code}/document", document, "*");
        if (answer.Status is HttpStatusCode.NotFound or HttpStatusCode.PreconditionFailed)
        {
            answer = await Administrator.PutAsync($"/v1/councils/{code}/document", document, null);
        }

        Assert.That((int)answer.Status, Is.InRange(200, 201), answer.Body);
    }

    private static JsonNode LinkedData(string page) => JsonNode.Parse(Data().Match(page).Groups[1].Value)!;

    [GeneratedRegex("<script type=\"application/ld\\+json\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Data();

    [GeneratedRegex("(?i)<script[^>]*>")]
    private static partial Regex Scripts();

    [GeneratedRegex("(?:<(?:img|script|iframe|source|object|embed)[^>]*? src|<link rel=\"stylesheet\" href)=\"([^\"]*)\"")]
    private static partial Regex Loaded();

    [GeneratedRegex("<link rel=\"stylesheet\" href=\"([^\"]*)\"")]
    private static partial Regex Stylesheet();

    [GeneratedRegex("rel=\"next\" href=\"([^\"]*)\"")]
    private static partial Regex Next();

    [GeneratedRegex("<h2><a href=\"[^\"]*\"")]
    private static partial Regex Shown();

    [GeneratedRegex("<script src=\"([^\"]*)\" integrity=\"([^\"]*)\"")]
    private static partial Regex Component();
}

using System.Net;
using System.Text.Json.Nodes;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>What pages for frames never do, whoever frames them and whatever a council states.</summary>
internal sealed partial class EmbedTests
{
    /// <summary>What scanners try: markup, ends of attributes and elements, and schemes.</summary>
    internal static readonly string[] Hostile =
    [
        "<script>window.pwned=1</script>", "\"><img src=x onerror=window.pwned=1>", "'><svg/onload=window.pwned=1>", "</script><script>window.pwned=1</script>",
        "</title><script>window.pwned=1</script>", "</textarea><script>window.pwned=1</script>", "<!--<script>window.pwned=1</script>", "\" autofocus onfocus=\"window.pwned=1",
        "<iframe srcdoc=\"<script>parent.pwned=1</script>\">", "<a href=javascript:window.pwned=1>x</a>", "{{constructor.constructor('window.pwned=1')()}}", "]]><script>window.pwned=1</script>",
        "<style>@import'//example.org'</style>", "<base href=//example.org>", "<meta http-equiv=refresh content=0;url=javascript:window.pwned=1>", "&lt;script&gt;", "\u2028window.pwned=1", "<x onclick=window.pwned=1>",
    ];

    [Test]
    public async Task A_council_says_by_exact_host_who_may_frame_it()
    {
        Assert.That((await Anonymous.GetAsync(GrenoblePage)).Headers["Content-Security-Policy"], Does.StartWith("default-src 'none'").And.Not.Contain("frame-ancestors"));
        Assert.That((await Anonymous.GetAsync("/embed/councils/test-0001")).Headers["Content-Security-Policy"], Does.EndWith("frame-ancestors 'self' https://www.partner.test https://health.test"));
    }

    [Test]
    public async Task A_sheet_that_is_imported_anew_leaves_the_hosts_as_they_are()
    {
        async Task<Answer> ImportAsync(string name) =>
            (await Administrator.SendAsync(HttpMethod.Post, "/v1/imports", Client.Json($$"""{"id":"test-0007","nom":"{{name}}"}""" + "\n", "application/x-ndjson"))).With(HttpStatusCode.OK);

        await ImportAsync("CLSM test-0007");
        (await Administrator.PatchAsync("/v1/councils/test-0007", """{"embedding":{"allowedHosts":["www.partner.test"]} }""", "*")).With(HttpStatusCode.OK);
        var report = await ImportAsync("CLSM test-0007 nouveau");
        Assert.That(report.Items[0]!["changes"]!.ToJsonString(), Does.Contain("/name").And.Not.Contain("embedding"));
        Assert.That((await Anonymous.GetAsync("/embed/councils/test-0007")).Headers["Content-Security-Policy"], Does.EndWith("frame-ancestors 'self' https://www.partner.test"));
    }

    [TestCase("*.partner.test", null)]
    [TestCase("https://www.partner.test/page", "www.partner.test")]
    [TestCase("www.partner.test:8443", "www.partner.test")]
    [TestCase("Partner.test", "partner.test")]
    [TestCase("partner.test; script-src *", null)]
    [TestCase("partner.test 'unsafe-inline'", null)]
    [TestCase(".partner.test", null)]
    [TestCase("partner", null)]
    [TestCase("évreux.test", "xn--vreux-9ra.test")]
    public async Task A_host_that_is_not_exact_is_refused(string host, string? closest)
    {
        var refused = (await Administrator.PatchAsync("/v1/councils/test-0001", new JsonObject { ["embedding"] = new JsonObject { ["allowedHosts"] = new JsonArray(host) } }.ToJsonString(), "*")).With(HttpStatusCode.UnprocessableEntity);
        var error = refused.Error("/embedding/allowedHosts/0");
        Assert.That(error.Text("code"), Is.EqualTo("malformed-host"));
        Assert.That(error["closest"]?.GetValue<string>(), Is.EqualTo(closest));
    }

    [TestCase(GrenoblePage)]
    [TestCase("/embed/councils")]
    [TestCase("/embed?council=grenoble")]
    public async Task A_page_sets_no_cookie_and_loads_nothing_from_elsewhere(string path)
    {
        var page = await Anonymous.GetAsync(path);
        Assert.That(page.Headers.Keys, Has.None.EqualTo("Set-Cookie"));
        Assert.That(page.Headers["Content-Security-Policy"], Does.StartWith("default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'").And.Not.Contain("script"));
        Assert.That(Loaded().Matches(page.Body).Select(match => match.Groups[1].Value), Is.All.StartsWith("/embed/"));
        Assert.That(Scripts().Matches(page.Body).Select(match => match.Value), Is.All.EqualTo("<script type=\"application/ld+json\">"));
        var style = (await Anonymous.GetAsync(Stylesheet().Match(page.Body).Groups[1].Value)).With(HttpStatusCode.OK);
        Assert.That(style.Headers["Cache-Control"], Does.Contain("immutable"));
        Assert.That(style.Body, Does.Not.Contain("url(").And.Not.Contain("@import"));
    }

    [TestCaseSource(nameof(Hostile))]
    public async Task What_looks_like_markup_stays_text(string text)
    {
        var json = JsonValue.Create(text).ToJsonString();
        await PutAsync("test-0100", $$"""
            "shortName":{{json}},"purpose":{{json}},"aliases":[{"name":{{json}},"kind":"usual"}],"territory":{"label":{{json}},"parts":[{"type":"label","label":{{json}}} ]},
            "sources":[{"id":"test","title":{{json}},"publisher":{{json}}}],"contacts":[{"function":"coordinator","label":{{json}},"nominative":false,"visibility":"public"}],
            "governanceBodies":[{"type":"bureau","name":{{json}}}],"workingGroups":[{"kind":"group","name":{{json}}}]
            """, text);
        var written = Uri.EscapeDataString(text);
        foreach (var path in new[]
        {
            "/embed/councils/test-0100", "/embed/councils/test-0100?format=fragment", "/embed/councils?council=test-0100", "/embed?council=test-0100", $"/embed/councils?place={written}", $"/embed?search={written}",
            $"/embed/councils/{written.Replace("%2F", "", StringComparison.Ordinal)}", $"/embed/councils?lang={written}", $"/embed/councils?{written}=1",
        })
        {
            var page = await Anonymous.GetAsync(path);
            Assert.That((int)page.Status, Is.LessThan(500), $"{path}: {page.Body}");
            if (page.Headers.GetValueOrDefault("Content-Type")?.StartsWith("text/html", StringComparison.Ordinal) == true)
            {
                Assert.That(Scripts().Matches(page.Body).Select(match => match.Value), Is.All.EqualTo("<script type=\"application/ld+json\">"), path);
                Assert.That(page.Body, Does.Not.Contain("<img").And.Not.Contain("<svg").And.Not.Contain("<!--").And.Not.Contain("srcdoc=\"").And.Not.Contain("<base").And.Not.Contain("onfocus=\"").And.Not.Contain("<x ").And.Not.Contain("<style"), path);
            }
        }

        Assert.That(WebUtility.HtmlDecode((await Anonymous.GetAsync("/embed/councils/test-0100")).Body), Does.Contain(text));
    }

    [TestCase("javascript:alert(1)")]
    [TestCase("data:text/html,<script>alert(1)</script>")]
    [TestCase("JaVaScRiPt://example.org/%0aalert(1)")]
    [TestCase("https://user:secret@example.org/")]
    public async Task An_address_that_is_not_of_the_web_is_never_a_link(string website)
    {
        var stated = JsonValue.Create(website).ToJsonString();
        (await Administrator.PutAsync("/v1/councils/test-0200/document", $$"""{"code":"test-0200","kind":"clsm","name":"test-0200","status":"active","website":{{stated}} }""", null)).With(HttpStatusCode.UnprocessableEntity);

        // As after a repair that went wrong, past every check.
        await PutAsync("test-0201", "\"website\":\"https://example.org/\"");
        await TestCluster.ExecuteAsync(TestCluster.AdministratorOf(Database), $"update directory.council set statement = jsonb_set(statement, '{{website}}', $json${stated}$json$::jsonb) where code = 'test-0201'");
        var page = (await Anonymous.GetAsync("/embed/councils/test-0201")).With(HttpStatusCode.OK);
        Assert.That(page.Body, Does.Not.Match("(?i)href=\"(javascript|data):").And.Not.Contain("href=\"https://user"));
        Assert.That(LinkedData(page.Body)["@graph"]![1]!["url"], Is.Null);
    }
}

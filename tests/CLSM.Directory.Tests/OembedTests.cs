using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>A content management system turns a pasted link into a frame (oEmbed 1.0).</summary>
internal sealed partial class OembedTests : DirectoryFixture
{
    private string Here => Service.Urls.First();

    [Test]
    public async Task A_pasted_link_becomes_a_frame()
    {
        var answer = (await Anonymous.GetAsync($"/oembed?url={Uri.EscapeDataString($"{Here}/embed/councils/grenoble")}&format=json&dnt=1")).With(HttpStatusCode.OK);
        Assert.That(answer.Headers["Content-Type"], Is.EqualTo("application/json"));
        Assert.That(answer.Json.Text("version"), Is.EqualTo("1.0"));
        Assert.That(answer.Json.Text("type"), Is.EqualTo("rich"));
        Assert.That(answer.Json.Text("title"), Is.EqualTo("Conseil Local de Santé Mentale (Ville de Grenoble)"));
        Assert.That(answer.Json.Text("html"), Does.StartWith($"<iframe src=\"{Here}/embed/councils/grenoble\" title=\"").And.Contain("width=\"600\"").And.EndWith("</iframe>"));
        (await Anonymous.GetAsync($"/oembed?url={Uri.EscapeDataString($"{Here}/embed/councils/grenoble")}&format=json&dnt=1", ("If-None-Match", answer.ETag))).With(HttpStatusCode.NotModified);
    }

    [Test]
    public async Task The_same_is_said_in_xml()
    {
        var answer = (await Anonymous.GetAsync("/oembed?url=/embed/councils/grenoble&format=xml")).With(HttpStatusCode.OK);
        Assert.That(answer.Headers["Content-Type"], Does.StartWith("text/xml"));
        var oembed = XDocument.Parse(answer.Body).Root!;
        Assert.That(oembed.Name.LocalName, Is.EqualTo("oembed"));
        Assert.That(oembed.Element("html")!.Value, Does.StartWith("<iframe src=\""));
        Assert.That(oembed.Element("width")!.Value, Is.EqualTo("600"));
    }

    [Test]
    public async Task A_list_becomes_a_frame_too()
    {
        var answer = (await Anonymous.GetAsync($"/oembed?url={Uri.EscapeDataString($"{Here}/embed/councils?commune=57463&lang=en")}")).With(HttpStatusCode.OK);
        Assert.That(answer.Json.Text("title"), Does.EndWith("Metz"));
        Assert.That(answer.Json.Text("html"), Does.Contain("/embed/councils?commune=57463&amp;lang=en\""));
    }

    [Test]
    public async Task A_frame_is_no_larger_than_asked()
    {
        var answer = (await Anonymous.GetAsync("/oembed?url=/embed/councils/grenoble&maxwidth=320&maxheight=200")).With(HttpStatusCode.OK);
        Assert.That((answer.Json["width"]!.GetValue<int>(), answer.Json["height"]!.GetValue<int>()), Is.EqualTo((320, 200)));
        Assert.That(answer.Json.Text("html"), Does.Contain("width=\"320\" height=\"200\""));
    }

    [TestCase("https://example.org/embed/councils/grenoble")]
    [TestCase("http://127.0.0.1.example.org/embed/councils/grenoble")]
    [TestCase("http://127.0.0.1:1/embed/councils/grenoble")]
    [TestCase("//example.org/embed/councils/grenoble")]
    [TestCase("/\\example.org/embed/councils/grenoble")]
    [TestCase("javascript:alert(1)")]
    [TestCase("file:///embed/councils/grenoble")]
    [TestCase("ftp://127.0.0.1/embed/councils/grenoble")]
    [TestCase("embed/councils/grenoble")]
    [TestCase("/embed/councils/test-none")]
    [TestCase("/embed/councils/grenoble/x")]
    [TestCase("/embed/councils/..%2fgrenoble")]
    [TestCase("/embed/councils?commune=99999")]
    [TestCase("/embed/councils?x=y")]
    [TestCase("/embed")]
    [TestCase("/swagger")]
    [TestCase("x")]
    public async Task What_is_no_page_of_the_directory_is_not_embedded(string url) =>
        Assert.That((await Anonymous.GetAsync($"/oembed?url={Uri.EscapeDataString(url)}")).With(HttpStatusCode.NotFound).Problem, Is.EqualTo("not-found"));

    [Test]
    public async Task What_was_removed_is_gone()
    {
        (await Administrator.PutAsync("/v1/councils/test-0001/document", """{"code":"test-0001","kind":"clsm","name":"test-0001","status":"active"}""", null)).With(HttpStatusCode.Created);
        (await Administrator.DeleteAsync("/v1/councils/test-0001", "*")).With(HttpStatusCode.NoContent);
        Assert.That((await Anonymous.GetAsync("/oembed?url=/embed/councils/test-0001")).With(HttpStatusCode.Gone).Problem, Is.EqualTo("removed"));
    }

    [TestCase("", "url", "missing-parameter")]
    [TestCase("?url=/embed/councils/grenoble&format=yaml", "format", "unknown-value")]
    [TestCase("?url=/embed/councils/grenoble&maxwidth=0", "maxwidth", "not-an-integer")]
    [TestCase("?uri=/embed/councils/grenoble", "uri", "unknown-parameter")]
    public async Task A_question_that_is_wrong_is_refused(string query, string parameter, string code) =>
        Assert.That((await Anonymous.GetAsync($"/oembed{query}")).With(HttpStatusCode.BadRequest).Error(parameter).Text("code"), Is.EqualTo(code));

    [TestCase("/embed/councils/grenoble")]
    [TestCase("/embed/councils?commune=38185")]
    public async Task Each_page_names_where_to_ask(string path)
    {
        var page = (await Anonymous.GetAsync(path)).Body;
        foreach (var format in new[] { "json", "xml" })
        {
            var address = WebUtility.HtmlDecode(Discovery().Matches(page).Single(match => match.Groups[1].Value.EndsWith($"{format}+oembed", StringComparison.Ordinal)).Groups[2].Value);
            Assert.That((await Anonymous.GetAsync(address)).With(HttpStatusCode.OK).Body, Does.Contain("Grenoble"));
        }
    }

    [GeneratedRegex("<link rel=\"alternate\" type=\"([^\"]*)\" href=\"([^\"]*)\"")]
    private static partial Regex Discovery();
}

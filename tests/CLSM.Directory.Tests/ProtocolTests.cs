using System.Net;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>The HTTP behaviour that all resources share.</summary>
internal sealed class ProtocolTests : DirectoryFixture
{
    [Test]
    public async Task Problems_are_in_French_and_in_English_for_those_who_ask()
    {
        var french = (await Anonymous.GetAsync("/v1/councils/test-nowhere")).With(HttpStatusCode.NotFound);
        french.Json.ShouldBe("""{"type":"/problems/not-found","title":"Introuvable","status":404,"detail":"« test-nowhere » n’existe pas dans l’annuaire.","instance":"/v1/councils/test-nowhere","code":"not-found"}""");
        Assert.That(french.Headers["Content-Type"], Is.EqualTo("application/problem+json"));
        Assert.That(french.Headers["Content-Language"], Is.EqualTo("fr"));
        var english = (await Anonymous.GetAsync("/v1/councils/test-nowhere", ("Accept-Language", "en-GB,fr;q=0.5"))).With(HttpStatusCode.NotFound);
        Assert.That(english.Json.Text("title"), Is.EqualTo("Not found"));
        Assert.That((await Anonymous.GetAsync("/v1/councils/test-nowhere", ("Accept-Language", "de"))).Json.Text("title"), Is.EqualTo("Introuvable"));
    }

    [TestCase("GET", "/v1/nothing", HttpStatusCode.NotFound)]
    [TestCase("POST", "/v1/governance-bodies", HttpStatusCode.MethodNotAllowed)]
    [TestCase("PUT", "/v1/councils/metz", HttpStatusCode.MethodNotAllowed)]
    [TestCase("GET", "/v1/councils/metz/events/not-an-id", HttpStatusCode.NotFound)]
    [TestCase("GET", "/v1/vocabularies/governance-body-type", HttpStatusCode.NotFound)]
    public async Task What_the_framework_refuses_is_a_problem_too(string method, string path, HttpStatusCode status)
    {
        var refused = (await Anonymous.SendAsync(new HttpMethod(method), path, null)).With(status);
        Assert.That(refused.Headers["Content-Type"], Is.EqualTo("application/problem+json"));
        Assert.That(refused.Problem, Is.Not.Empty);
    }

    [Test]
    public async Task A_wrong_method_is_answered_with_the_right_ones()
    {
        var refused = (await Anonymous.SendAsync(HttpMethod.Put, "/v1/councils/metz", null)).With(HttpStatusCode.MethodNotAllowed);
        Assert.That(refused.Headers["Allow"].Split(", "), Is.EquivalentTo(new[] { "GET", "HEAD", "PATCH", "DELETE" }));
    }

    [TestCase("application/json", HttpStatusCode.OK)]
    [TestCase("*/*", HttpStatusCode.OK)]
    [TestCase("application/*;q=0.1", HttpStatusCode.OK)]
    [TestCase("text/html,application/xhtml+xml,*/*;q=0.8", HttpStatusCode.OK)]
    [TestCase("text/html", HttpStatusCode.NotAcceptable)]
    [TestCase("application/json;q=0", HttpStatusCode.NotAcceptable)]
    [TestCase("application/json;q=0,*/*", HttpStatusCode.NotAcceptable)]
    [TestCase("text/csv, application/xml", HttpStatusCode.NotAcceptable)]
    public async Task A_format_that_is_not_offered_is_refused(string accept, HttpStatusCode status) =>
        (await Anonymous.GetAsync("/v1/councils", ("Accept", accept))).With(status);

    [TestCase("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [TestCase("application/json; charset=iso-8859-1", HttpStatusCode.UnsupportedMediaType)]
    [TestCase("application/merge-patch+json", HttpStatusCode.UnsupportedMediaType)]
    [TestCase("application/json; charset=utf-8", HttpStatusCode.Created)]
    public async Task A_body_of_another_media_type_is_refused(string mediaType, HttpStatusCode status)
    {
        using var content = new StringContent("""{"name":"test-media","kind":"sism"}""");
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(mediaType);
        (await Metz.SendAsync(HttpMethod.Post, "/v1/councils/metz/events", content)).With(status);
    }

    [Test]
    public async Task A_patch_must_be_a_merge_patch()
    {
        using var content = Client.Json("""{"shortName":"x"}""");
        var refused = (await Metz.SendAsync(HttpMethod.Patch, "/v1/councils/metz", content, ("If-Match", "*"))).With(HttpStatusCode.UnsupportedMediaType);
        Assert.That(refused.Headers["Accept-Patch"], Is.EqualTo("application/merge-patch+json"));
    }

    [Test]
    public async Task HEAD_is_GET_without_a_body()
    {
        var get = await Anonymous.GetAsync("/v1/councils/metz");
        var head = (await Anonymous.SendAsync(HttpMethod.Head, "/v1/councils/metz", null)).With(HttpStatusCode.OK);
        Assert.That(head.Body, Is.Empty);
        Assert.That(head.ETag, Is.EqualTo(get.ETag));
    }

    [Test]
    public async Task Any_origin_may_read_and_none_with_credentials()
    {
        var read = (await Anonymous.GetAsync("/v1/councils", ("Origin", "https://test-0001.example"))).With(HttpStatusCode.OK);
        Assert.That(read.Headers["Access-Control-Allow-Origin"], Is.EqualTo("*"));
        Assert.That(read.Headers, Does.Not.ContainKey("Access-Control-Allow-Credentials"));
        var write = await Anonymous.SendAsync(HttpMethod.Options, "/v1/councils/metz", null, ("Origin", "https://test-0001.example"), ("Access-Control-Request-Method", "DELETE"));
        Assert.That(write.Headers.GetValueOrDefault("Access-Control-Allow-Methods", ""), Does.Not.Contain("DELETE"));
    }

    [Test]
    public async Task A_renamed_council_redirects_for_ever()
    {
        (await Administrator.PostAsync("/v1/councils", """{"code":"test-former","kind":"clsm","name":"x","status":"active"}""")).With(HttpStatusCode.Created);
        (await Administrator.PatchAsync("/v1/councils/test-former", """{"code":"test-between"}""", "*")).With(HttpStatusCode.OK);
        (await Administrator.PatchAsync("/v1/councils/test-between", """{"code":"test-present"}""", "*")).With(HttpStatusCode.OK);
        foreach (var former in new[] { "test-former", "test-between" })
        {
            var moved = (await Anonymous.GetAsync($"/v1/councils/{former}/events?limit=5")).With(HttpStatusCode.MovedPermanently);
            Assert.That(moved.Headers["Location"], Is.EqualTo("/v1/councils/test-present/events?limit=5"));
            (await Administrator.PatchAsync($"/v1/councils/{former}", """{"name":"y"}""", "*")).With(HttpStatusCode.PermanentRedirect);
            (await Administrator.PostAsync("/v1/councils", $$"""{"code":"{{former}}","kind":"clsm","name":"x","status":"active"}""")).With(HttpStatusCode.Conflict);
        }
    }

    [Test]
    public async Task A_council_merged_into_another_redirects_to_it()
    {
        (await Administrator.PostAsync("/v1/councils", """{"code":"test-merged","kind":"clsm","name":"x","status":"merged","successors":["metz"]}""")).With(HttpStatusCode.Created);
        var merged = (await Anonymous.GetAsync("/v1/councils/test-merged")).With(HttpStatusCode.PermanentRedirect);
        Assert.That(merged.Headers["Location"], Is.EqualTo("/v1/councils/metz"));
        (await Anonymous.GetAsync("/v1/councils/test-merged/document")).With(HttpStatusCode.OK);
    }

    [Test]
    public async Task A_removed_council_answers_with_its_reason()
    {
        (await Administrator.PostAsync("/v1/councils", """{"code":"test-removed","kind":"clsm","name":"x","status":"active"}""")).With(HttpStatusCode.Created);
        (await Administrator.DeleteAsync("/v1/councils/test-removed?reason=duplicate", "*")).With(HttpStatusCode.NoContent);
        Assert.That((await Anonymous.GetAsync("/v1/councils/test-removed")).With(HttpStatusCode.Gone).Body, Does.Contain("duplicate"));
        (await Anonymous.GetAsync("/v1/councils/test-removed/contacts")).With(HttpStatusCode.Gone);
    }

    [Test]
    public async Task The_code_of_a_council_is_changed_by_administrators_only() =>
        (await Metz.PatchAsync("/v1/councils/metz", """{"code":"test-mine"}""", "*")).With(HttpStatusCode.Forbidden);

    [Test]
    public async Task A_coordinator_changes_the_own_council()
    {
        var read = await Anonymous.GetAsync("/v1/councils/grenoble");
        var changed = (await Grenoble.PatchAsync("/v1/councils/grenoble", """{"shortName":"test-short"}""", read.ETag)).With(HttpStatusCode.OK);
        Assert.That(changed.Json.Text("shortName"), Is.EqualTo("test-short"));
        (await Grenoble.PatchAsync("/v1/councils/grenoble", """{"shortName":"other"}""", read.ETag)).With(HttpStatusCode.PreconditionFailed);
        var back = (await Grenoble.PatchAsync("/v1/councils/grenoble", $$"""{"shortName":"{{read.Json.Text("shortName")}}"}""", changed.ETag)).With(HttpStatusCode.OK);
        back.Json.Without("version", "updatedAt", "evidence").ShouldBe(read.Json.Without("version", "updatedAt", "evidence").ToJsonString());
    }

    [TestCase("/health/live")]
    [TestCase("/health/ready")]
    public async Task The_service_says_that_it_is_well(string path) => (await Anonymous.GetAsync(path)).With(HttpStatusCode.OK);

    [Test]
    public async Task The_root_leads_to_Swagger_UI()
    {
        Assert.That((await Anonymous.GetAsync("/")).With(HttpStatusCode.Found).Headers["Location"], Is.EqualTo("/swagger"));
        Assert.That((await Anonymous.GetAsync("/swagger/index.html")).With(HttpStatusCode.OK).Headers["Content-Security-Policy"], Does.Not.Contain("script-src 'unsafe"));
    }
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>A whole council as one document.</summary>
internal sealed class DocumentTests : DirectoryFixture
{
    private const string Address = "/v1/councils/grenoble/document";

    private static readonly string Minimal = """{"code":"CODE","kind":"clsm","name":"CODE","status":"active"}""";

    [TestCase("metz")]
    [TestCase("grenoble")]
    public async Task A_document_sent_back_as_it_was_read_changes_nothing(string council)
    {
        var address = $"/v1/councils/{council}/document";
        foreach (var reader in new[] { Administrator, Anonymous })
        {
            var cursor = await HeadAsync();
            var read = (await reader.GetAsync(address)).With(HttpStatusCode.OK);
            var again = (await Administrator.PutAsync(address, read.Body, read.ETag)).With(HttpStatusCode.OK);
            Assert.That(again.Body, Is.EqualTo(read.Body));
            Assert.That(await HeadAsync(), Is.EqualTo(cursor), "no change was written");
        }
    }

    [Test]
    public async Task A_document_without_ids_is_an_edit_and_not_a_removal_with_a_creation()
    {
        var code = await NewCouncilAsync("test-no-ids", """{"organisations":[{"name":"test-a"}],"governanceBodies":[{"type":"bureau","name":"test-b","composition":[{"label":"x","organisation":{"name":"test-a"}}]}]}""");
        var before = (await Anonymous.GetAsync($"/v1/councils/{code}/document")).Json;
        var edited = Document(code, """{"organisations":[{"name":"test-a","acronym":"TA"}],"governanceBodies":[{"type":"bureau","name":"test-b","openness":"open","composition":[{"label":"x","organisation":{"name":"TA"}}]}]}""");
        var after = (await Administrator.PutAsync($"/v1/councils/{code}/document", edited, "*")).With(HttpStatusCode.OK).Json;
        foreach (var list in new[] { "organisations", "governanceBodies" })
        {
            Assert.That(after[list]![0].Text("id"), Is.EqualTo(before[list]![0].Text("id")));
            Assert.That(after[list]![0]!["version"]!.GetValue<int>(), Is.EqualTo(2));
        }

        Assert.That(after["version"]!.GetValue<int>(), Is.EqualTo(2), "one write raises the council once");
    }

    [Test]
    public async Task What_is_not_in_the_document_is_removed()
    {
        var code = await NewCouncilAsync("test-removes", """{"events":[{"name":"test-1","kind":"sism"},{"name":"test-2","kind":"sism"}]}""");
        var removed = (await Anonymous.GetAsync($"/v1/councils/{code}/events?sort=-name")).Items[0].Text("id");
        (await Administrator.PutAsync($"/v1/councils/{code}/document", Document(code, """{"events":[{"name":"test-1","kind":"sism"}]}"""), "*")).With(HttpStatusCode.OK);
        Assert.That((await Anonymous.GetAsync($"/v1/councils/{code}/events")).Items, Has.Count.EqualTo(1));
        (await Anonymous.GetAsync($"/v1/councils/{code}/events/{removed}")).With(HttpStatusCode.Gone);
    }

    [Test]
    public async Task Two_parts_may_swap_their_names()
    {
        var code = await NewCouncilAsync("test-swap", """{"events":[{"name":"test-1","kind":"sism"},{"name":"test-2","kind":"sism"}]}""");
        var document = (await Anonymous.GetAsync($"/v1/councils/{code}/document")).Json;
        (document["events"]![0]!["name"], document["events"]![1]!["name"]) = (document["events"]![1].Text("name"), document["events"]![0].Text("name"));
        (await Administrator.PutAsync($"/v1/councils/{code}/document", document.ToJsonString(), "*")).With(HttpStatusCode.OK);
    }

    [Test]
    public async Task An_organisation_can_go_with_the_last_reference_to_it()
    {
        var code = await NewCouncilAsync("test-last", """{"organisations":[{"name":"test-a"}],"foundation":{"founders":[{"name":"test-a"}]}}""");
        var emptied = (await Administrator.PutAsync($"/v1/councils/{code}/document", Document(code, "{}"), "*")).With(HttpStatusCode.OK);
        Assert.That(emptied.Json["organisations"], Is.Null);
    }

    [Test]
    public async Task A_document_read_without_a_key_leaves_restricted_contacts_alone()
    {
        var address = $"/v1/councils/{await NewCouncilAsync("test-restricted", """{"contacts":[{"function":"coordinator","label":"test-hidden","nominative":false,"visibility":"council"}]}""")}/document";
        var seen = (await Anonymous.GetAsync(address)).With(HttpStatusCode.OK);
        Assert.That(seen.ETag, Does.EndWith("-public\""));
        Assert.That(seen.Body, Does.Not.Contain("test-hidden"));
        var written = (await Administrator.PutAsync(address, seen.Body, seen.ETag)).With(HttpStatusCode.OK);
        Assert.That(written.Body, Does.Contain("test-hidden"));
    }

    [Test]
    public async Task Of_two_writers_on_one_version_one_wins()
    {
        var code = await NewCouncilAsync("test-writers", "{}");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Administrator.PutAsync($"/v1/councils/{code}/document", Document(code, $$"""{"purpose":"test-{{writer}}"}"""), "\"1\"")));
        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed), Is.EqualTo(7));
    }

    [Test]
    public async Task A_write_that_fails_in_the_middle_leaves_the_council_as_it_was()
    {
        var code = await NewCouncilAsync("test-middle", """{"events":[{"name":"test-1","kind":"sism"}]}""");
        var before = (await Anonymous.GetAsync($"/v1/councils/{code}/document")).Body;
        var cursor = await HeadAsync();

        // The database itself refuses one of many rows, after others were written.
        await TestCluster.ExecuteAsync(TestCluster.AdministratorOf(Database), "alter table directory.event add constraint test_0001 check (statement ->> 'name' <> 'test-refused')");
        try
        {
            var document = Document(code, """{"purpose":"test-half","governanceBodies":[{"type":"bureau","name":"test-b"}],"events":[{"name":"test-1","kind":"sism","recurrence":"yearly"},{"name":"test-refused","kind":"sism"}]}""");
            (await Administrator.PutAsync($"/v1/councils/{code}/document", document, "*")).With(HttpStatusCode.InternalServerError);
        }
        finally
        {
            await TestCluster.ExecuteAsync(TestCluster.AdministratorOf(Database), "alter table directory.event drop constraint test_0001");
        }

        Assert.That((await Anonymous.GetAsync($"/v1/councils/{code}/document")).Body, Is.EqualTo(before));
        Assert.That(await HeadAsync(), Is.EqualTo(cursor));
    }

    [TestCase("""{"governanceBodies":[{"type":"bureau","name":"x","chair":"y"}]}""", "/governanceBodies/0/chair", "unknown-property")]
    [TestCase("""{"themes":"housing"}""", "/themes", "wrong-type")]
    [TestCase("""{"foundation":{"date":{"value":2006,"precision":"year"}}}""", "/foundation/date/value", "wrong-type")]
    [TestCase("""{"events":[{"id":"00000000-0000-7000-8000-000000000001","name":"a","kind":"sism"},{"id":"00000000-0000-7000-8000-000000000001","name":"b","kind":"sism"}]}""", "/events/1/id", "duplicate")]
    [TestCase("""{"events":[{"name":"a","kind":"sism"},{"name":"A","kind":"sism"}]}""", "/events/1", "duplicate")]
    [TestCase("""{"sources":[{"id":"s"},{"id":"s"}]}""", "/sources/1/id", "duplicate")]
    [TestCase("""{"foundation":{"founders":[{"name":"nobody"}]}}""", "/foundation/founders/0/name", "unknown-organisation")]
    [TestCase("""{"workingGroups":[{"kind":"group","name":"x","leads":[{"id":"00000000-0000-7000-8000-000000000001"}]}]}""", "/workingGroups/0/leads/0/id", "unknown-organisation")]
    [TestCase("""{"purpose":"a\u0000b"}""", "/purpose", "control-character")]
    [TestCase("""{"purpose":"a\ud800b"}""", "/purpose", "invalid-text")]
    [TestCase("""{"status":"actif"}""", "/status", "unknown-code")]
    [TestCase("""{"events":[{"name":"x","kind":"sism","from":"2026-03-02","to":"2026-03-01"}]}""", "/events/0/to", "ends-before-start")]
    [TestCase("""{"territory":{"parts":[{"type":"label","label":"x","from":{"value":"2014-05","precision":"month"},"to":{"value":"2013","precision":"year"}}]}}""", "/territory/parts/0/to", "ends-before-start")]
    [TestCase("""{"territory":{"parts":[{"type":"commune","code":"20001"}]}}""", "/territory/parts/0/code", "malformed-territory-code")]
    [TestCase("""{"foundation":{"date":{"value":"2006","precision":"day"}}}""", "/foundation/date/precision", "precision-mismatch")]
    [TestCase("""{"website":"javascript:alert(1)"}""", "/website", "malformed-web-address")]
    [TestCase("""{"evidence":{"/purpose":{"state":"stated","source":"s"}},"sources":[{"id":"s"}]}""", "/evidence/~1purpose", "evidence-without-statement")]
    [TestCase("""{"evidence":{"/name":{"state":"not-stated"}}}""", "/evidence/~1name", "statement-without-evidence")]
    [TestCase("""{"evidence":{"/name":{"state":"stated","source":"nothing"}}}""", "/evidence/~1name/source", "unknown-source")]
    [TestCase("""{"evidence":{"/name":{"state":"inferred"}}}""", "/evidence/~1name/reason", "reason-needed")]
    [TestCase("""{"contacts":[{"function":"coordinator","label":"x","nominative":true,"visibility":"public","legalBasis":"consent","source":"nothing","reviewOn":"2027-01-01"}]}""", "/contacts/0/source", "unknown-source")]
    [TestCase("""{"status":"merged"}""", "/successors", "successor-needed")]
    [TestCase("""{"status":"merged","successors":["grenoble"]}""", "/successors/0", "own-successor")]
    [TestCase("""{"purpose":null}""", "/purpose", "null-not-allowed")]
    [TestCase("""{"themes":[]}""", "/themes", "empty")]
    [TestCase("""{"territory":{}}""", "/territory", "empty")]
    [TestCase("""{"shortName":"  "}""", "/shortName", "empty")]
    [TestCase("""{"code":"metz"}""", "/code", "code-mismatch")]
    public async Task A_wrong_document_is_refused_with_its_place_and_nothing_is_stored(string members, string pointer, string code)
    {
        var before = await Anonymous.GetAsync(Address);
        var document = Document("grenoble", members);
        var refused = (await Grenoble.PutAsync(Address, document, "*")).With(HttpStatusCode.UnprocessableEntity);
        Assert.That(refused.Headers["Content-Type"], Is.EqualTo("application/problem+json"));
        Assert.That(refused.Error(pointer).Text("code"), Is.EqualTo(code));
        Assert.That((await Anonymous.GetAsync(Address)).Body, Is.EqualTo(before.Body));
    }

    [Test]
    public async Task An_unknown_code_is_answered_with_the_closest_one()
    {
        var refused = (await Grenoble.PutAsync(Address, Document("grenoble", """{"governanceBodies":[{"type":"steering-comittee","name":"x"}]}"""), "*")).With(HttpStatusCode.UnprocessableEntity);
        Assert.That(refused.Error("/governanceBodies/0/type").Text("closest"), Is.EqualTo("steering-committee"));
    }

    [Test]
    public async Task Everything_wrong_is_reported_at_once()
    {
        var refused = (await Grenoble.PutAsync(Address, """{"kind":"clsmm","nom":"x","status":7}""", "*")).With(HttpStatusCode.UnprocessableEntity);
        foreach (var place in new[] { "/kind", "/nom", "/status", "/code", "/name" })
        {
            refused.Error(place);
        }
    }

    [Test]
    public async Task Two_hundred_levels_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"territory":""", 200)) + "1" + new string('}', 200);
        Assert.That((await Grenoble.PutAsync(Address, deep, "*")).With(HttpStatusCode.BadRequest).Problem, Is.EqualTo("too-deep"));
    }

    [Test]
    public async Task Ten_megabytes_are_refused()
    {
        var huge = Document("grenoble", $$"""{"purpose":"{{new string('x', 10 * 1024 * 1024)}}"}""");
        Assert.That((await Grenoble.PutAsync(Address, huge, "*")).With(HttpStatusCode.RequestEntityTooLarge).Problem, Is.EqualTo("content-too-large"));
    }

    [TestCase("{\"name\":", "malformed-json")]
    [TestCase("", "empty-body")]
    [TestCase("""{"name":"a","name":"b"}""", "duplicate-property")]
    public async Task A_body_that_is_no_JSON_is_refused(string body, string code) =>
        Assert.That((await Grenoble.PutAsync(Address, body, "*")).With(HttpStatusCode.BadRequest).Problem, Is.EqualTo(code));

    [Test]
    public async Task Bytes_that_are_not_UTF_8_are_refused_with_their_place()
    {
        using var content = new ByteArrayContent([.. Encoding.UTF8.GetBytes("{\"name\":\""), 0xE9, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");
        var refused = (await Grenoble.SendAsync(HttpMethod.Put, Address, content, ("If-Match", "*"))).With(HttpStatusCode.BadRequest);
        Assert.That(refused.Problem, Is.EqualTo("invalid-utf8"));
        Assert.That(refused.Json.Text("detail"), Does.Contain(" 9."));
    }

    [Test]
    public async Task Only_an_administrator_creates_a_council_by_its_document()
    {
        (await Grenoble.PutAsync("/v1/councils/test-mine/document", Document("test-mine", "{}"), null)).With(HttpStatusCode.NotFound);
        var created = (await Administrator.PutAsync("/v1/councils/test-mine/document", Document("test-mine", "{}"), null)).With(HttpStatusCode.Created);
        Assert.That(created.ETag, Is.EqualTo("\"1\""));
    }

    private async Task<string> NewCouncilAsync(string code, string members)
    {
        (await Administrator.PutAsync($"/v1/councils/{code}/document", Document(code, members), null)).With(HttpStatusCode.Created);
        return code;
    }

    private static string Document(string code, string members)
    {
        var document = JsonNode.Parse(Minimal.Replace("CODE", code, StringComparison.Ordinal))!.AsObject();
        if (members.Contains("\\u0000", StringComparison.Ordinal) || members.Contains("\\ud800", StringComparison.Ordinal) || members.Contains("null", StringComparison.Ordinal))
        {
            // Not to be normalised by the parser.
            return string.Concat(document.ToJsonString().AsSpan()[..^1], ",", members.AsSpan(1));
        }

        foreach (var (name, value) in JsonNode.Parse(members)!.AsObject())
        {
            document[name] = value!.DeepClone();
        }

        return document.ToJsonString();
    }

    private Task<long> HeadAsync() => TestCluster.ScalarAsync<long>(Database.Reader, "select cursor from published.change_head");
}

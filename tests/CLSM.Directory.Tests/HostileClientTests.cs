using System.Net;
using System.Text;
using CLSM.Directory.Api.Features.Imports;
using CLSM.Directory.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CLSM.Directory.Tests;

/// <summary>What a hostile client found once, and finds no more.</summary>
internal sealed class HostileClientTests : DirectoryFixture
{
    private int councils;

    [TestCase("""{"code":"test-0001\n","kind":"clsm","name":"x","status":"active"}""", "/code")]
    [TestCase("""{"code":"test-0001","kind":"clsm","name":"x","status":"active","foundation":{"date":{"value":"2006\n","precision":"circa"}}}""", "/foundation/date/value")]
    [TestCase("""{"code":"test-0001","kind":"clsm","name":"x","status":"active","territory":{"parts":[{"type":"commune","code":"57463\n"}]}}""", "/territory/parts/0/code")]
    [TestCase("""{"code":"test-0001","kind":"clsm","name":"\u200b","status":"active"}""", "/name")]
    [TestCase("""{"code":"test-0001","kind":"clsm","name":"a\u202eb","status":"active"}""", "/name")]
    [TestCase("""{"code":"test-0001","kind":"clsm","name":"\ud800","status":"active"}""", "/name")]
    [TestCase("""{"\ud800":1}""", "/\uFFFD")]
    [TestCase("""{"code":"test-0001","kind":"clsm","name":"x","status":"active","evidence":{"/teritory":{"state":"not-stated"}}}""", "/evidence/~1teritory")]
    public async Task A_text_that_is_none_is_refused_with_its_place(string json, string place)
    {
        (await Administrator.PostAsync("/v1/councils", json)).With(HttpStatusCode.UnprocessableEntity).Error(place);
        (await Anonymous.GetAsync("/v1/councils/test-0001")).With(HttpStatusCode.NotFound);
    }

    [TestCase("""{"shortName":"\ud800"}""")]
    [TestCase("""{"a":{"\udc00":null}}""")]
    public async Task Half_a_surrogate_pair_in_a_patch_is_refused(string patch) =>
        (await Metz.PatchAsync("/v1/councils/metz", patch, "*")).With(HttpStatusCode.UnprocessableEntity);

    [Test]
    public async Task Half_a_surrogate_pair_in_a_sheet_is_refused_as_the_contract_says()
    {
        (await Anonymous.PostAsync("/v1/validations", """{"id":"test-0001","nom":"\ud800"}""")).With(HttpStatusCode.UnprocessableEntity).Error("/nom");
        var contract = (await Anonymous.GetAsync("/openapi/v1.json")).Json;
        Assert.That(contract["paths"]!["/v1/validations"]!["post"]!["responses"]!["422"], Is.Not.Null);
    }

    [TestCase("x")]
    [TestCase("")]
    [TestCase("-1")]
    [TestCase("9223372036854775807")]
    public async Task A_forged_cursor_is_refused(string key)
    {
        var cursor = (await Anonymous.GetAsync("/v1/councils?sort=updatedAt&limit=1")).Json["page"].Text("next");
        var parts = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(cursor)).Split('\n');
        var forged = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join('\n', [.. parts[..3], key])));
        (await Anonymous.GetAsync($"/v1/councils?sort=updatedAt&limit=1&cursor={forged}")).With(HttpStatusCode.BadRequest).Error("cursor");
    }

    [Test]
    public async Task A_cursor_with_another_last_letter_is_refused_or_the_same()
    {
        var cursor = (await Anonymous.GetAsync("/v1/councils?limit=1")).Json["page"].Text("next");
        foreach (var letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=")
        {
            Assert.That((await Anonymous.GetAsync($"/v1/councils?limit=1&cursor={cursor[..^1]}{letter}")).Status, Is.EqualTo(HttpStatusCode.BadRequest).Or.EqualTo(HttpStatusCode.OK), $"{letter}");
        }
    }

    [Test]
    public async Task A_council_is_not_created_under_the_id_of_another()
    {
        var id = (await Anonymous.GetAsync("/v1/councils/metz")).Json.Text("id");
        (await Administrator.PutAsync("/v1/councils/test-thief/document", $$"""{"id":"{{id}}","code":"test-thief","kind":"clsm","name":"x","status":"active"}""", null)).With(HttpStatusCode.Conflict);
        (await Anonymous.GetAsync("/v1/councils/metz")).With(HttpStatusCode.OK);
    }

    [Test]
    public async Task Creating_with_If_Match_matches_nothing() =>
        (await Administrator.PutAsync("/v1/councils/test-nothing/document", """{"code":"test-nothing","kind":"clsm","name":"x","status":"active"}""", "*")).With(HttpStatusCode.PreconditionFailed);

    [Test]
    public async Task A_compressed_body_is_refused_and_not_misread()
    {
        using var content = Client.Json("""{"name":"x","kind":"sism"}""");
        content.Headers.ContentEncoding.Add("gzip");
        (await Metz.SendAsync(HttpMethod.Post, "/v1/councils/metz/events", content)).With(HttpStatusCode.UnsupportedMediaType);
    }

    [TestCase("""{"organisations":null}""", "/organisations")]
    [TestCase("""{"sources":[{"id":"other"}]}""", "/sources")]
    [TestCase("""{"contacts":[{"function":"coordinator","label":"TEST-HIDDEN","nominative":false,"visibility":"public"}]}""", "/contacts/0")]
    public async Task A_document_read_without_a_key_cannot_break_what_it_does_not_show(string change, string place)
    {
        var address = await CouncilWithAHiddenContactAsync();
        var seen = await Anonymous.GetAsync(address);
        var changed = seen.Json.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(change)!.AsObject())
        {
            changed.Remove(name);
            if (value is not null)
            {
                changed[name] = value.DeepClone();
            }
        }

        (await Administrator.PutAsync(address, changed.ToJsonString(), seen.ETag)).With(HttpStatusCode.UnprocessableEntity).Error(place);
        Assert.That((await Administrator.GetAsync(address)).Body, Does.Contain("+33100000001"));
    }

    [Test]
    public async Task A_hidden_contact_follows_the_rename_of_its_organisation()
    {
        var address = await CouncilWithAHiddenContactAsync();
        var seen = await Anonymous.GetAsync(address);
        var renamed = (await Administrator.PutAsync(address, seen.Body.Replace("test-organisation", "test-renamed", StringComparison.Ordinal), seen.ETag)).With(HttpStatusCode.OK);
        Assert.That(renamed.Json["contacts"]![0]!["organisation"].Text("name"), Is.EqualTo("test-renamed"));
        var again = (await Administrator.PutAsync(address, renamed.Body, renamed.ETag)).With(HttpStatusCode.OK);
        Assert.That(again.Body, Is.EqualTo(renamed.Body));
    }

    [Test]
    public async Task A_file_that_states_a_restricted_contact_is_imported_twice_as_once()
    {
        var file = Encoding.UTF8.GetBytes("""{"code":"test-twice","kind":"clsm","name":"x","status":"active","contacts":[{"function":"coordinator","label":"test-hidden","nominative":false,"visibility":"council"}]}""");
        foreach (var isNew in new[] { true, false })
        {
            var (_, outcome, refusal) = await Service.Services.GetRequiredService<DocumentImport>().ImportAsync(file, CancellationToken.None);
            Assert.That(refusal, Is.Null);
            Assert.That(outcome!.HasChanged, Is.EqualTo(isNew));
        }
    }

    [Test]
    public async Task A_source_that_a_part_cites_cannot_be_taken_away()
    {
        var refused = (await Metz.PatchAsync("/v1/councils/metz", """{"sources":null,"evidence":null}""", "*")).With(HttpStatusCode.UnprocessableEntity);
        Assert.That(refused.Error("/sources").Text("code"), Is.EqualTo("source-in-use"));
    }

    [Test]
    public async Task Evidence_follows_the_name_of_an_organisation()
    {
        var address = NewAddress(out var code);
        var document = $$"""
            {"code":"{{code}}","kind":"clsm","name":"x","status":"active","sources":[{"id":"s"}],"organisations":[{"name":"test-long-name","acronym":"TLN"}],
             "foundation":{"founders":[{"name":"TLN"}]},"evidence":{"/foundation/founders/TLN":{"state":"stated","source":"s"} } }
            """;
        var created = (await Administrator.PutAsync(address, document, null)).With(HttpStatusCode.Created);
        (await Administrator.PutAsync(address, created.Body, created.ETag)).With(HttpStatusCode.OK);
        var organisation = created.Json["organisations"]![0].Text("id");
        (await Administrator.PatchAsync($"/v1/councils/{code}/organisations/{organisation}", """{"name":"test-other-name"}""", "*")).With(HttpStatusCode.OK);
        var read = await Administrator.GetAsync(address);
        Assert.That(read.Json["evidence"]!["/foundation/founders/test-other-name"], Is.Not.Null);
        Assert.That((await Administrator.PutAsync(address, read.Body, read.ETag)).With(HttpStatusCode.OK).Body, Is.EqualTo(read.Body));
    }

    [Test]
    public async Task Thousands_of_unknown_references_are_refused_without_a_search_for_each()
    {
        var address = NewAddress(out var code);
        var organisations = string.Join(',', Enumerable.Range(0, 2000).Select(number => $$"""{"name":"{{new string('o', 200)}} {{number}}"}"""));
        var founders = string.Join(',', Enumerable.Range(0, 50).Select(number => $$"""{"name":"{{new string('x', 100)}} {{number}}"}"""));
        var document = $$"""{"code":"{{code}}","kind":"clsm","name":"x","status":"active","organisations":[{{organisations}}],"foundation":{"founders":[{{founders}}]} }""";
        var refused = (await Administrator.PutAsync(address, document, null)).With(HttpStatusCode.UnprocessableEntity);
        Assert.That(refused.Json["errors"]!.AsArray(), Has.Count.EqualTo(50));
    }

    private async Task<string> CouncilWithAHiddenContactAsync()
    {
        var address = NewAddress(out var code);
        var document = $$"""
            {"code":"{{code}}","kind":"clsm","name":"x","status":"active","sources":[{"id":"s"}],"organisations":[{"name":"test-organisation"}],
             "contacts":[{"function":"coordinator","label":"test-hidden","nominative":false,"visibility":"council","source":"s","phones":["+33100000001"],"organisation":{"name":"test-organisation"} }]}
            """;
        (await Administrator.PutAsync(address, document, null)).With(HttpStatusCode.Created);
        return address;
    }

    private string NewAddress(out string code)
    {
        code = $"test-hostile-{Interlocked.Increment(ref councils)}";
        return $"/v1/councils/{code}/document";
    }
}

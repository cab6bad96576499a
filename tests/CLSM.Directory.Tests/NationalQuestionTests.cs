using System.Net;
using System.Text.Json.Nodes;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>Questions that cannot be answered are refused with their place; long ones go in a body; walks lose nothing.</summary>
internal sealed class NationalQuestionTests : DirectoryFixture
{
    [TestCase("near=91,0", "near")]
    [TestCase("near=abc", "near")]
    [TestCase("near=49.1", "near")]
    [TestCase("near=NaN,NaN", "near")]
    [TestCase("near=1e1,2", "near")]
    [TestCase("near=49,6&radius=0", "radius")]
    [TestCase("near=49,6&radius=201", "radius")]
    [TestCase("radius=5", "radius")]
    [TestCase("limit=-1", "limit")]
    [TestCase("limit=99999999999999", "limit")]
    [TestCase("q=%00", "q")]
    [TestCase("q=%ED%A0%80", "q")]
    [TestCase("q=%FF", "q")]
    [TestCase("q=!%26%7C()%3A*", "q")]
    [TestCase("q=", "q")]
    [TestCase("region=%ED%A0%80", "region")]
    [TestCase("commune=57463%00", "commune")]
    [TestCase("missing=websit", "missing")]
    [TestCase("carrier=ccass", "carrier")]
    [TestCase("carrier=siren:1", "carrier")]
    [TestCase("identifier=isbn:1", "identifier")]
    [TestCase("expand=contact", "expand")]
    [TestCase("regoin=44", "regoin")]
    public async Task A_wrong_word_is_refused_by_its_name(string query, string parameter) =>
        (await Anonymous.GetAsync($"/v1/councils?{query}")).With(HttpStatusCode.BadRequest).Error(parameter);

    [TestCase("region=45", "region", "unknown-region")]
    [TestCase("department=20", "department", "unknown-department")]
    [TestCase("epci=200039866", "epci", "unknown-epci")]
    [TestCase("commune=57463,99999", "commune", "unknown-commune")]
    [TestCase("council=grenobl", "council", "unknown-council")]
    public async Task An_unknown_place_or_council_is_refused_with_the_closest(string query, string parameter, string code)
    {
        foreach (var collection in new[] { "councils", "governance-bodies", "working-groups", "organisations", "contacts", "events" })
        {
            var refused = (await Anonymous.GetAsync($"/v1/{collection}?{query}")).With(HttpStatusCode.UnprocessableEntity);
            Assert.That(refused.Problem, Is.EqualTo(code));
            Assert.That(refused.Error(parameter).Text("closest"), Is.Not.Empty);
        }
    }

    [TestCase("57000", "57463")]
    public async Task A_postcode_leads_to_the_commune(string postcode, string commune) =>
        Assert.That((await Anonymous.GetAsync($"/v1/councils?commune={postcode}")).With(HttpStatusCode.UnprocessableEntity).Error("commune").Text("closest"), Is.EqualTo(commune));

    [Test]
    public async Task A_megabyte_of_words_is_refused_by_its_name() =>
        (await Anonymous.GetAsync($"/v1/councils?q={new string('a', 1024 * 1024)}")).With(HttpStatusCode.BadRequest).Error("q");

    [TestCase("'; drop table directory.council; --")]
    [TestCase("a & ! b | (c <-> d):*")]
    [TestCase("\\ % _ \" ' \u2028 \uFFFD x")]
    public async Task Operators_are_only_words(string words)
    {
        (await Anonymous.GetAsync($"/v1/councils?q={Uri.EscapeDataString(words)}")).With(HttpStatusCode.OK);
        (await Anonymous.PostAsync("/v1/councils/search", new JsonObject { ["q"] = words }.ToJsonString())).With(HttpStatusCode.OK);
    }

    [Test]
    public async Task Ten_thousand_communes_go_in_a_body_and_not_in_an_address()
    {
        var codes = (await NaiveFilters.CommunesAsync(Database)).Select(commune => commune.Code).Order(StringComparer.Ordinal).Where(code => code != "38185").Take(9_999).Append("38185").ToList();
        (await Anonymous.GetAsync($"/v1/councils?commune={string.Join(',', codes)}")).With(HttpStatusCode.BadRequest).Error("commune");
        var body = new JsonObject { ["commune"] = new JsonArray([.. codes.Select(code => (JsonNode)code)]), ["fields"] = new JsonArray("code") };
        var answer = (await Anonymous.PostAsync("/v1/councils/search", body.ToJsonString())).With(HttpStatusCode.OK);
        Assert.That(answer.Items.Select(item => item.Text("code")), Is.EqualTo(new[] { "grenoble" }));
        body["commune"]!.AsArray().Insert(5_000, "99999");
        (await Anonymous.PostAsync("/v1/councils/search", body.ToJsonString())).With(HttpStatusCode.UnprocessableEntity).Error("/commune/5000");
    }

    [TestCase("""{"regoin":["44"]}""", "/regoin")]
    [TestCase("""{"region":[44,null]}""", "/region/1")]
    [TestCase("""{"region":{}}""", "/region")]
    [TestCase("""{"limit":-1}""", "/limit")]
    [TestCase("""{"theme":["housing","hosing"]}""", "/theme/1")]
    [TestCase("""{"commune":[]}""", "/commune")]
    public async Task A_wrong_member_of_a_body_is_refused_with_its_place(string body, string pointer) =>
        (await Anonymous.PostAsync("/v1/organisations/search", body)).With(HttpStatusCode.BadRequest).Error(pointer);

    [Test]
    public async Task A_cursor_goes_on_in_an_address_and_in_a_body()
    {
        var first = (await Anonymous.GetAsync("/v1/organisations?region=84&limit=2")).With(HttpStatusCode.OK).Json["page"].Text("next");
        var address = (await Anonymous.GetAsync($"/v1/organisations?region=84&limit=2&cursor={first}")).With(HttpStatusCode.OK);
        var body = (await Anonymous.PostAsync("/v1/organisations/search", $$"""{"region":["84"],"limit":2,"cursor":"{{first}}"}""")).With(HttpStatusCode.OK);
        Assert.That(body.Body, Is.EqualTo(address.Body));
        (await Anonymous.PostAsync("/v1/organisations/search", $$"""{"region":["44"],"cursor":"{{first}}"}""")).With(HttpStatusCode.BadRequest);
        (await Anonymous.GetAsync($"/v1/organisations?cursor={first}")).With(HttpStatusCode.BadRequest).Error("cursor");
    }

    [Test]
    public async Task A_council_is_read_with_the_parts_that_are_asked_for()
    {
        var document = (await Anonymous.GetAsync("/v1/councils/metz/document")).Json;
        foreach (var expanded in new[] { (await Anonymous.GetAsync("/v1/councils/metz?expand=contacts,governanceBodies")).Json, (await Anonymous.GetAsync("/v1/councils?council=metz&expand=contacts,governanceBodies")).Items[0]! })
        {
            document.Without("workingGroups", "organisations", "events").ShouldBe(expanded.ToJsonString());
        }

        var chosen = (await Anonymous.GetAsync("/v1/councils/metz?expand=events&fields=code")).Json.AsObject().Select(member => member.Key);
        Assert.That(chosen, Is.SubsetOf(new[] { "code", "events" }));
    }

    [Test]
    public async Task A_merged_commune_is_found_by_its_former_code_and_an_arrondissement_by_its_own()
    {
        (await Administrator.PutAsync("/v1/councils/test-paris/document", """{"code":"test-paris","kind":"clsm","name":"x","status":"closed","territory":{"parts":[{"type":"municipal-arrondissement","code":"75114"},{"type":"psychiatric-sector","code":"57G06"}]}}""", null)).With(HttpStatusCode.Created);
        foreach (var (query, total) in new[] { ("commune=75114", 1), ("commune=75056", 1), ("commune=75113", 0), ("department=75", 1), ("region=11", 1), ("department=57", 1) })
        {
            Assert.That((await Anonymous.GetAsync($"/v1/councils?council=test-paris&{query}")).With(HttpStatusCode.OK).Items, Has.Count.EqualTo(total), query);
        }
    }

    [Test]
    public async Task A_filtered_walk_while_others_insert_change_and_delete_gives_what_stayed_once()
    {
        const string List = "/v1/organisations?council=metz,grenoble&missing=website&limit=3&sort=name";
        var stayed = (await Anonymous.GetAsync(List)).Json["page"]!["total"]!.GetValue<int>();
        var before = (await Anonymous.GetAsync(List.Replace("limit=3", "limit=1000", StringComparison.Ordinal))).Items.Select(item => item.Text("id")).ToList();
        Assert.That(before, Has.Count.EqualTo(stayed));
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(writer => WriteAsync(writer, stop.Token)).ToArray();
        List<string> walked = [];
        for (var next = List; next is not null;)
        {
            var answer = (await Anonymous.GetAsync(next)).With(HttpStatusCode.OK);
            walked.AddRange(answer.Items.Select(item => item.Text("id")));
            next = answer.Headers.TryGetValue("Link", out var link) ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        Assert.That(walked, Is.Unique);
        Assert.That(before, Is.SubsetOf(walked));
    }

    private async Task WriteAsync(int writer, CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var made = (await Metz.PostAsync("/v1/councils/metz/organisations", $$"""{"name":"{{(char)('A' + (number % 26))}} test-{{writer}}-{{number}}"}""")).With(HttpStatusCode.Created);
            (await Metz.PatchAsync(made.Headers["Location"], """{"acronym":"T"}""", "*")).With(HttpStatusCode.OK);
            if (number % 2 == 0)
            {
                (await Metz.DeleteAsync(made.Headers["Location"], "*")).With(HttpStatusCode.NoContent);
            }
        }
    }
}

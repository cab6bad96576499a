using System.Net;
using System.Text.Json.Nodes;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>Which councils cover a place, by any of its codes.</summary>
internal sealed class TerritoryTests : DirectoryFixture
{
    private const string Territories = "/v1/territories";

    [Test]
    public async Task A_commune_shows_where_it_is_and_who_covers_it() =>
        (await Anonymous.GetAsync($"{Territories}/communes/57463")).With(HttpStatusCode.OK).Json.ShouldBe(
            """
            {"code":"57463","name":"Metz","type":"commune","department":{"code":"57","name":"Moselle"},"region":{"code":"44","name":"Grand Est"},
             "epci":{"siren":"200039865","name":"Metz Métropole"},"postcodes":["57000","57050","57070"],"population":122572,
             "position":{"latitude":49.11911,"longitude":6.17269,"source":"geonames-place"},
             "councils":[{"code":"metz","name":"Conseil Local de Santé Mentale du territoire messin","status":"active","extent":"whole",
                          "through":[{"type":"commune","code":"57463"},{"type":"epci","code":"200039865"}]}]}
            """);

    [TestCase("97411", "Saint-Denis", "974")]
    [TestCase("2A004", "Ajaccio", "2A")]
    [TestCase("97801", "Saint-Martin", "978")]
    [TestCase("98735", "Papeete", "987")]
    [TestCase("75056", "Paris", "75")]
    public async Task A_commune_that_no_council_covers_has_an_empty_list(string code, string name, string department)
    {
        var commune = (await Anonymous.GetAsync($"{Territories}/communes/{code}")).With(HttpStatusCode.OK).Json;
        Assert.That(commune.Text("name"), Is.EqualTo(name));
        Assert.That(commune["department"].Text("code"), Is.EqualTo(department));
        commune["councils"].ShouldBe("[]");
    }

    [TestCase("01003", "Amareins", "former-commune", "01165", "Francheleins")]
    [TestCase("78016", "Angerville", "former-commune", "91016", "Angerville")]
    public async Task A_former_code_answers_with_the_current_commune(string code, string name, string type, string current, string currentName)
    {
        var commune = (await Anonymous.GetAsync($"{Territories}/communes/{code}")).With(HttpStatusCode.OK).Json;
        Assert.That((commune.Text("code"), commune.Text("name"), commune.Text("type")), Is.EqualTo((code, name, type)));
        Assert.That((commune["current"].Text("code"), commune["current"].Text("name")), Is.EqualTo((current, currentName)));
    }

    [Test]
    public async Task What_a_council_states_is_resolved_to_communes()
    {
        await using var council = await CouncilAsync(
            """
            {"type":"municipal-arrondissement","code":"75114"},{"type":"delegated-commune","code":"01015"},{"type":"commune","code":"78016"},
            {"type":"commune","code":"01003"},{"type":"department","code":"976"},{"type":"epci","code":"200040715"},
            {"type":"psychiatric-sector","code":"57G06"},{"type":"label","label":"test-0001"},
            {"type":"commune","code":"97411","to":{"value":"2020","precision":"year"}},{"type":"commune","code":"97415","from":{"value":"2099","precision":"year"}}
            """);
        await ExpectAsync("75114", "whole", """[{"type":"municipal-arrondissement","code":"75114"}]""");
        await ExpectAsync("75115", null, null);
        await ExpectAsync("75056", "part", """[{"type":"municipal-arrondissement","code":"75114"}]""");
        await ExpectAsync("01015", "part", """[{"type":"delegated-commune","code":"01015"}]""");
        await ExpectAsync("91016", "whole", """[{"type":"commune","code":"78016"}]""");
        await ExpectAsync("78016", "whole", """[{"type":"commune","code":"78016"}]""");
        await ExpectAsync("01165", "part", """[{"type":"commune","code":"01003"}]""");
        await ExpectAsync("97608", "whole", """[{"type":"department","code":"976"}]""");
        await ExpectAsync("38185", "whole", """[{"type":"epci","code":"200040715"}]""");
        await ExpectAsync("97411", null, null);
        await ExpectAsync("97415", null, null);
        Assert.That(Of((await Anonymous.GetAsync($"{Territories}/departments/976")).Json)!.Text("extent"), Is.EqualTo("whole"));
        Assert.That(Of((await Anonymous.GetAsync($"{Territories}/regions/06")).Json)!.Text("extent"), Is.EqualTo("whole"));
        Assert.That(Of((await Anonymous.GetAsync($"{Territories}/regions/84")).Json)!.Text("extent"), Is.EqualTo("part"));

        async Task ExpectAsync(string code, string? extent, string? through)
        {
            var covering = Of((await Anonymous.GetAsync($"{Territories}/communes/{code}")).With(HttpStatusCode.OK).Json);
            Assert.That(covering?.Text("extent"), Is.EqualTo(extent), code);
            if (through is not null)
            {
                covering!["through"].ShouldBe(through);
            }
        }
    }

    [Test]
    public async Task A_council_of_a_whole_city_covers_each_of_its_arrondissements()
    {
        await using var council = await CouncilAsync("""{"type":"commune","code":"69123"}""");
        var arrondissement = (await Anonymous.GetAsync($"{Territories}/communes/69383")).Json;
        Assert.That(Of(arrondissement)!.Text("extent"), Is.EqualTo("whole"));
        arrondissement["partOf"].ShouldBe("""{"code":"69123","name":"Lyon"}""");
    }

    [Test]
    public async Task Coverage_follows_the_statement()
    {
        await using var council = await CouncilAsync("""{"type":"commune","code":"2A004"}""");
        var before = (await Anonymous.GetAsync($"{Territories}/communes/2A004")).With(HttpStatusCode.OK);
        Assert.That(Of(before.Json), Is.Not.Null);
        (await Anonymous.GetAsync($"{Territories}/communes/2A004", ("If-None-Match", before.ETag))).With(HttpStatusCode.NotModified);
        (await Administrator.PatchAsync(council.Path, """{"territory":{"parts":[{"type":"commune","code":"2B033"}]}}""", "*")).With(HttpStatusCode.OK);
        Assert.That(Of((await Anonymous.GetAsync($"{Territories}/communes/2A004", ("If-None-Match", before.ETag))).With(HttpStatusCode.OK).Json), Is.Null);
        Assert.That(Of((await Anonymous.GetAsync($"{Territories}/communes/2B033")).Json), Is.Not.Null);
        (await Administrator.PatchAsync(council.Path, """{"status":"closed"}""", "*")).With(HttpStatusCode.OK);
        Assert.That(Of((await Anonymous.GetAsync($"{Territories}/communes/2B033")).Json), Is.Null, "a closed council covers nothing");
    }

    [Test]
    public async Task An_EPCI_is_covered_wholly_or_in_part()
    {
        var metz = (await Anonymous.GetAsync($"{Territories}/epci/200039865")).With(HttpStatusCode.OK).Json;
        Assert.That(metz["communes"]!.GetValue<int>(), Is.EqualTo(46));
        Assert.That(metz["councils"]!.AsArray().Single().Text("extent"), Is.EqualTo("whole"));
        var grenoble = (await Anonymous.GetAsync($"{Territories}/epci/200040715")).With(HttpStatusCode.OK).Json;
        Assert.That(grenoble["councils"]!.AsArray().Select(council => (council.Text("code"), council.Text("extent"))), Does.Contain(("grenoble", "part")));
    }

    [Test]
    public async Task Departments_and_regions_are_listed_with_their_councils_and_health_agencies()
    {
        var departments = (await Anonymous.GetAsync($"{Territories}/departments?limit=1000")).With(HttpStatusCode.OK);
        Assert.That(departments.Items, Has.Count.EqualTo(109));
        Assert.That(departments.Items.Select(item => item.Text("code")), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        Assert.That(departments.Items.Single(item => item.Text("code") == "57")!["councils"]!.AsArray().Select(council => council.Text("code")), Does.Contain("metz"));
        Assert.That((await Anonymous.GetAsync($"{Territories}/departments?region=44")).Json["page"]!["total"]!.GetValue<int>(), Is.EqualTo(10));
        var regions = (await Anonymous.GetAsync($"{Territories}/regions")).With(HttpStatusCode.OK);
        Assert.That(regions.Items.Single(item => item.Text("code") == "44").Text("healthAgency"), Is.EqualTo("ARS Grand Est"));
        Assert.That(regions.Items.Single(item => item.Text("code") == "988")!["healthAgency"], Is.Null);
    }

    [TestCase("q=metz", "57463")]
    [TestCase("q=METZ", "57463")]
    [TestCase("q=l%27hay-les-roses", "94038")]
    [TestCase("q=St+%C3%89tienne&department=42", "42218")]
    [TestCase("q=paris+14e", "75114")]
    [TestCase("q=gren&epci=200040715", "38185")]
    [TestCase("q=rochelle&department=17", "17300")]
    public async Task Communes_are_found_by_name(string query, string first) =>
        Assert.That((await Anonymous.GetAsync($"{Territories}/communes?{query}")).With(HttpStatusCode.OK).Items[0].Text("code"), Is.EqualTo(first));

    [TestCase("communes?q=saint-denis&limit=7")]
    [TestCase("communes?department=976&limit=3")]
    [TestCase("communes?epci=200039865&type=commune&limit=10")]
    [TestCase("departments?limit=40")]
    [TestCase("regions?limit=26")]
    public async Task Pages_follow_each_other_without_loss(string list)
    {
        var keys = new List<string>();
        var total = 0;
        for (var next = $"{Territories}/{list}"; next is not null;)
        {
            var page = (await Anonymous.GetAsync(next)).With(HttpStatusCode.OK);
            keys.AddRange(page.Items.Select(item => $"{item.Text("code")} {item!["type"]}"));
            total = page.Json["page"]!["total"]!.GetValue<int>();
            next = page.Headers.TryGetValue("Link", out var link) ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
        }

        Assert.That(keys, Is.Unique.And.Count.EqualTo(total));
    }

    [TestCase("communes/57000", "commune", "postcode-not-commune", "57463")]
    [TestCase("communes/57464", "commune", null, null)]
    [TestCase("communes/Metz", "commune", "malformed-commune-code", "57463")]
    [TestCase("communes/2a004", "commune", "unknown-commune", "2A004")]
    [TestCase("epci/200039866", "siren", "unknown-epci", "200039865")]
    [TestCase("departments/2a", "department", "unknown-department", "2A")]
    [TestCase("departments/99", "department", "unknown-department", null)]
    [TestCase("regions/45", "region", "unknown-region", "44")]
    public async Task An_unknown_code_is_not_found_and_a_near_one_is_named(string path, string parameter, string? code, string? closest)
    {
        var answer = await Anonymous.GetAsync($"{Territories}/{path}");
        if (code is null)
        {
            answer.With(HttpStatusCode.OK);
            return;
        }

        var error = answer.With(HttpStatusCode.NotFound).Error(parameter);
        Assert.That(error.Text("code"), Is.EqualTo(code));
        Assert.That(error["closest"]?.GetValue<string>(), closest is null ? Is.Not.EqualTo("") : Is.EqualTo(closest));
    }

    [TestCase("department=100", "department", "10")]
    [TestCase("department=1%2B", "department", null)]
    [TestCase("epci=200039866", "epci", "200039865")]
    [TestCase("type=ville", "type", "commune")]
    [TestCase("departement=57", "departement", "department")]
    [TestCase("q=", "q", null)]
    public async Task A_wrong_parameter_is_refused(string query, string parameter, string? closest)
    {
        var error = (await Anonymous.GetAsync($"{Territories}/communes?{query}")).With(HttpStatusCode.BadRequest).Error(parameter);
        Assert.That(closest is null || error["closest"]?.GetValue<string>() == closest, Is.True, error.ToJsonString());
    }

    [TestCase("%2B%2B%2B")]
    [TestCase("%27%3A*%20%26%20%7C%20%28")]
    [TestCase("%F0%9F%92%99")]
    public async Task Words_without_letters_find_nothing(string words) =>
        Assert.That((await Anonymous.GetAsync($"{Territories}/communes?q={words}")).With(HttpStatusCode.OK).Items, Is.Empty);

    [TestCase("commune", "57999", "unknown-commune")]
    [TestCase("municipal-arrondissement", "75199", "unknown-commune")]
    [TestCase("epci", "200039866", "unknown-epci")]
    [TestCase("department", "20", "unknown-department")]
    public async Task An_unknown_code_in_a_territory_is_refused_with_the_closest(string type, string code, string problem)
    {
        var part = $$$"""{"territory":{"parts":[{"type":"commune","code":"57463"},{"type":"{{{type}}}","code":"{{{code}}}"}]}}""";
        var document = JsonNode.Parse(part)!.AsObject();
        foreach (var (member, value) in new[] { ("code", "test-refused"), ("kind", "clsm"), ("name", "test-0001"), ("status", "active") })
        {
            document[member] = value;
        }

        foreach (var refused in new[]
        {
            await Metz.PatchAsync("/v1/councils/metz", part, "*"),
            await Administrator.PostAsync("/v1/councils", document.ToJsonString()),
            await Administrator.PutAsync("/v1/councils/test-refused/document", document.ToJsonString(), null),
        })
        {
            var error = refused.With(HttpStatusCode.UnprocessableEntity).Error("/territory/parts/1/code");
            Assert.That(error.Text("code"), Is.EqualTo(problem));
            Assert.That(error["value"]!.GetValue<string>(), Is.EqualTo(code));
        }

        (await Anonymous.GetAsync("/v1/councils/test-refused")).With(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task An_unknown_commune_in_an_address_is_refused_and_a_former_one_is_not()
    {
        string Contact(string commune) =>
            $$$"""{"function":"coordinator","label":"test-{{{commune}}}","nominative":false,"visibility":"public","address":{"city":"x","communeCode":"{{{commune}}}"}}""";
        var refused = (await Metz.PostAsync("/v1/councils/metz/contacts", Contact("57999"))).With(HttpStatusCode.UnprocessableEntity);
        Assert.That(refused.Error("/address/communeCode").Text("code"), Is.EqualTo("unknown-commune"));
        (await Metz.PostAsync("/v1/councils/metz/contacts", Contact("01003"))).With(HttpStatusCode.Created);
        var document = (await Metz.GetAsync("/v1/councils/metz/document")).Json.AsObject();
        var count = document["organisations"]!.AsArray().Count;
        document["organisations"]!.AsArray().Add(JsonNode.Parse("""{"name":"test-0001","address":{"communeCode":"57999"}}"""));
        (await Metz.PutAsync("/v1/councils/metz/document", document.ToJsonString(), "*")).With(HttpStatusCode.UnprocessableEntity).Error($"/organisations/{count}/address/communeCode");
    }

    /// <summary>A council with these parts of a territory, for the length of a test.</summary>
    private async Task<TestCouncil> CouncilAsync(string parts)
    {
        var code = $"test-{Guid.NewGuid():N}";
        (await Administrator.PostAsync("/v1/councils", $$$"""{"code":"{{{code}}}","kind":"clsm","name":"test-0001","status":"active","territory":{"parts":[{{{parts}}}]}}""")).With(HttpStatusCode.Created);
        return new TestCouncil($"/v1/councils/{code}", Administrator);
    }

    private static JsonNode? Of(JsonNode territory) => territory["councils"]!.AsArray().SingleOrDefault(council => council.Text("name") == "test-0001");

    private sealed record TestCouncil(string Path, Client Administrator) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => (await Administrator.DeleteAsync(Path, "*")).With(HttpStatusCode.NoContent);
    }
}

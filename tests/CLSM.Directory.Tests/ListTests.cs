using System.Net;
using System.Text.Json.Nodes;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>Lists: the envelope, the pages, the order, the members, and nothing ignored.</summary>
internal sealed class ListTests : DirectoryFixture
{
    private const int Made = 23;

    private static readonly string[] Lists =
    [
        "/v1/councils", "/v1/governance-bodies", "/v1/working-groups", "/v1/organisations", "/v1/contacts", "/v1/events",
        "/v1/councils/metz/governance-bodies", "/v1/councils/metz/working-groups", "/v1/councils/metz/organisations", "/v1/councils/metz/contacts", "/v1/councils/metz/events",
    ];

    [OneTimeSetUp]
    public async Task MakeAsync()
    {
        foreach (var number in Enumerable.Range(1, Made))
        {
            var code = $"test-{number:0000}";
            var document = $$"""
                {"code":"{{code}}","kind":"{{(number % 2 == 0 ? "cosm" : "clsm")}}","name":"Épreuve {{number % 5}}","status":"{{(number % 3 == 0 ? "paused" : "active")}}","themes":["{{(number % 4 == 0 ? "housing" : "prevention")}}"],
                 "events":[{"name":"{{code}}","kind":"sism"}]}
                """;
            (await Administrator.PutAsync($"/v1/councils/{code}/document", document, null)).With(HttpStatusCode.Created);
        }
    }

    [TestCaseSource(nameof(Lists))]
    public async Task A_list_answers_items_and_page(string list)
    {
        var answer = (await Anonymous.GetAsync(list)).With(HttpStatusCode.OK);
        Assert.That(answer.Json.AsObject().Select(member => member.Key), Is.EqualTo(new[] { "items", "page" }));
        Assert.That(answer.Json["page"]!.AsObject().Select(member => member.Key), Is.EqualTo(new[] { "size", "next", "total" }));
        Assert.That(answer.Json["page"]!["size"]!.GetValue<int>(), Is.EqualTo(50));
        Assert.That(answer.Headers, Contains.Key("ETag"));
        Assert.That(answer.Headers["Cache-Control"], Does.Contain("stale-while-revalidate").And.Contain("stale-if-error"));
    }

    [TestCaseSource(nameof(Lists))]
    public async Task What_a_client_holds_already_is_not_sent_again(string list)
    {
        var answer = await Anonymous.GetAsync(list);
        var again = (await Anonymous.GetAsync(list, ("If-None-Match", answer.ETag))).With(HttpStatusCode.NotModified);
        Assert.That(again.Body, Is.Empty);
        Assert.That(again.ETag, Is.EqualTo(answer.ETag));
        (await Anonymous.GetAsync(list, ("If-None-Match", "\"other\", W/" + answer.ETag))).With(HttpStatusCode.NotModified);
        (await Anonymous.GetAsync(list, ("If-None-Match", "\"other\""))).With(HttpStatusCode.OK);
    }

    [TestCase("code")]
    [TestCase("-code")]
    [TestCase("name")]
    [TestCase("-name")]
    [TestCase("updatedAt")]
    [TestCase("-updatedAt")]
    public async Task A_walk_over_the_councils_gives_each_one_once(string sort)
    {
        var codes = await WalkAsync($"/v1/councils?limit=4&sort={sort}", item => item.Text("code"));
        Assert.That(codes, Is.Unique);
        Assert.That(codes, Has.Count.EqualTo(Made + 2));
        if (sort.EndsWith("code", StringComparison.Ordinal))
        {
            Assert.That(codes, sort[0] == '-' ? Is.Ordered.Descending.Using((System.Collections.IComparer)StringComparer.Ordinal) : Is.Ordered.Using((System.Collections.IComparer)StringComparer.Ordinal));
        }
    }

    [TestCase("name")]
    [TestCase("-name")]
    [TestCase("updatedAt")]
    [TestCase("-updatedAt")]
    public async Task A_walk_over_parts_gives_each_one_once(string sort)
    {
        var ids = await WalkAsync($"/v1/events?limit=4&sort={sort}", item => item.Text("id"));
        Assert.That(ids, Is.Unique);
        Assert.That(ids, Has.Count.EqualTo(Made + 3));
    }

    [Test]
    public async Task A_walk_while_others_write_gives_everything_that_was_there_throughout_once()
    {
        var walked = new List<string>();
        var next = "/v1/organisations?limit=2&fields=id,name";
        var before = (await Anonymous.GetAsync("/v1/organisations?limit=1000&fields=id")).Items.Select(item => item.Text("id")).ToList();
        for (var page = 0; next is not null; page++)
        {
            var answer = (await Anonymous.GetAsync(next)).With(HttpStatusCode.OK);
            walked.AddRange(answer.Items.Select(item => item.Text("id")));
            next = answer.Headers.TryGetValue("Link", out var link) ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
            var made = (await Metz.PostAsync("/v1/councils/metz/organisations", $$"""{"name":"A test-walk-{{page}}"}""")).With(HttpStatusCode.Created);
            if (page % 2 == 0)
            {
                (await Metz.DeleteAsync(made.Headers["Location"], "*")).With(HttpStatusCode.NoContent);
            }

            Assert.That(page, Is.LessThan(50));
        }

        Assert.That(walked, Is.Unique);
        Assert.That(before, Is.SubsetOf(walked));
    }

    [TestCase("/v1/councils?kind=cosm", 11)]
    [TestCase("/v1/councils?status=paused", 7)]
    [TestCase("/v1/councils?status=paused,active&kind=cosm", 11)]
    [TestCase("/v1/councils?status=paused&status=active&kind=cosm", 11)]
    [TestCase("/v1/councils?theme=housing&council=test-0004,test-0008,test-0009", 2)]
    [TestCase("/v1/councils?updatedSince=2100-01-01T00:00:00Z", 0)]
    [TestCase("/v1/events?council=test-0001,test-0002", 2)]
    [TestCase("/v1/councils/grenoble/governance-bodies?type=plenary-assembly", 1)]
    [TestCase("/v1/governance-bodies?type=plenary-assembly,steering-committee", 4)]
    [TestCase("/v1/organisations?role=founder", 2)]
    [TestCase("/v1/working-groups?theme=housing", 1)]
    public async Task Filters_are_combined(string list, int total) =>
        Assert.That((await Anonymous.GetAsync(list)).With(HttpStatusCode.OK).Json["page"]!["total"]!.GetValue<int>(), Is.EqualTo(total));

    [Test]
    public async Task Names_are_in_French_order()
    {
        var council = "test-order";
        (await Administrator.PutAsync($"/v1/councils/{council}/document", """{"code":"test-order","kind":"clsm","name":"x","status":"active","organisations":[{"name":"Éa"},{"name":"Eb"},{"name":"ez"},{"name":"Fa"},{"name":"Ea"}]}""", null)).With(HttpStatusCode.Created);
        try
        {
            var names = (await Anonymous.GetAsync($"/v1/councils/{council}/organisations")).Items.Select(item => item.Text("name"));
            Assert.That(names, Is.EqualTo(new[] { "Ea", "Éa", "Eb", "ez", "Fa" }));
        }
        finally
        {
            (await Administrator.DeleteAsync($"/v1/councils/{council}", "*")).With(HttpStatusCode.NoContent);
        }
    }

    [TestCaseSource(nameof(Lists))]
    public async Task Only_the_asked_members_are_sent(string list)
    {
        var items = (await Anonymous.GetAsync($"{list}?fields=id,updatedAt")).With(HttpStatusCode.OK).Items;
        Assert.That(items.SelectMany(item => item!.AsObject().Select(member => member.Key)).Distinct(), Is.SubsetOf(new[] { "id", "updatedAt" }));
    }

    [TestCase("limit=0", "limit", "1")]
    [TestCase("limit=1001", "limit", "1000")]
    [TestCase("limit=-99999999999999999999", "limit", "1")]
    [TestCase("limit=ten", "limit", "50")]
    [TestCase("limt=10", "limt", "limit")]
    [TestCase("sort=nam", "sort", "name")]
    [TestCase("fields=nam", "fields", "name")]
    [TestCase("status=actif", "status", "active")]
    [TestCase("updatedSince=22/11/2026", "updatedSince", null)]
    [TestCase("limit=1&limit=2", "limit", null)]
    [TestCase("status=", "status", null)]
    [TestCase("cursor=abc", "cursor", null)]
    [TestCase("cursor=%00", "cursor", null)]
    [TestCase("council=M%C3%A9tz", "council", "metz")]
    [TestCase("status=active%00", "status", "active")]
    public async Task A_wrong_parameter_is_refused_with_the_closest_valid_value(string query, string parameter, string? closest)
    {
        var refused = (await Anonymous.GetAsync($"/v1/councils?{query}")).With(HttpStatusCode.BadRequest);
        Assert.That(refused.Error(parameter)["closest"]?.GetValue<string>(), closest is null ? Is.Null : Is.EqualTo(closest));
    }

    [Test]
    public async Task A_cursor_of_another_list_is_refused()
    {
        var cursor = (await Anonymous.GetAsync("/v1/councils?limit=1")).Json["page"].Text("next");
        (await Anonymous.GetAsync($"/v1/councils?limit=2&cursor={cursor}")).With(HttpStatusCode.OK);
        (await Anonymous.GetAsync($"/v1/councils?status=active&cursor={cursor}")).With(HttpStatusCode.BadRequest).Error("cursor");
        (await Anonymous.GetAsync($"/v1/councils?sort=name&cursor={cursor}")).With(HttpStatusCode.BadRequest).Error("cursor");
        (await Anonymous.GetAsync($"/v1/events?cursor={cursor}")).With(HttpStatusCode.BadRequest).Error("cursor");
    }

    private async Task<List<string>> WalkAsync(string first, Func<JsonNode?, string> key)
    {
        var keys = new List<string>();
        for (var next = first; next is not null;)
        {
            var answer = (await Anonymous.GetAsync(next)).With(HttpStatusCode.OK);
            keys.AddRange(answer.Items.Select(key));
            next = answer.Headers.TryGetValue("Link", out var link) ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
            Assert.That(next is null, Is.EqualTo(answer.Json["page"]!["next"] is null));
        }

        return keys;
    }
}

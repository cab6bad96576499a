using System.Net;
using System.Text.Json.Nodes;
using CLSM.Directory.Api.Features.Imports;
using CLSM.Directory.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CLSM.Directory.Tests;

/// <summary>The statistics against a naive count over the documents, as any client could make it.</summary>
internal sealed class StatisticsTests : DirectoryFixture
{
    private readonly List<(JsonNode Document, JsonNode Quality)> councils = [];

    [OneTimeSetUp]
    public async Task MakeAsync()
    {
        await Service.Services.GetRequiredService<Seeds>().LoadAsync(CancellationToken.None);
        string[] made =
        [
            """{"code":"test-closed","kind":"cosm","name":"x","status":"closed","territory":{"parts":[{"type":"commune","code":"97411"}]},"foundation":{"date":{"value":"2014-21","precision":"season"}},"themes":["housing"],"governanceBodies":[{"type":"bureau","name":"a"},{"type":"bureau","name":"b"}]}""",
            """{"code":"test-sector","kind":"clsm","name":"x","status":"active","territory":{"parts":[{"type":"psychiatric-sector","code":"57G06"}]},"foundation":{"date":{"value":"2010","precision":"before"}},"evidence":{"/events":{"state":"none","source":"council"}}}""",
            """{"code":"test-carried","kind":"clsm","name":"x","status":"paused","organisations":[{"name":"a","category":"ccas"},{"name":"b","category":"cpts","roles":["carrier"]},{"name":"c","category":"culture"}],"coordination":{"organisation":{"name":"a"}},"workingGroups":[{"kind":"group","name":"g","themes":["housing","prevention"]}]}""",
            """{"code":"test-full","kind":"clsm","name":"x","status":"active","website":"https://example.org/","sources":[{"id":"s","updatedOn":"2001-01-01"},{"id":"t","retrievedOn":"2026-06-01"}],"participation":{"categories":[{"label":"élus","category":"elected-officials"}]},"governanceBodies":[{"type":"steering-committee","name":"a","posts":[{"function":"co-chair"}],"composition":[{"label":"x","category":"public-psychiatry"},{"label":"y","category":"user-associations"}]}],"contacts":[{"function":"coordinator","label":"x","nominative":false,"visibility":"public","phones":["+33100000000"]}],"foundation":{"date":{"value":"2014","precision":"circa"}},"evidence":{"":{"state":"stated","source":"s"},"/foundation":{"state":"inferred","reason":"test"}}}""",
            """{"code":"test-hidden","kind":"clsm","name":"x","status":"active","contacts":[{"function":"coordinator","label":"x","nominative":false,"visibility":"council","phones":["+33100000000"]}]}""",
        ];
        foreach (var document in made)
        {
            (await Administrator.PutAsync($"/v1/councils/{JsonNode.Parse(document).Text("code")}/document", document, null)).With(HttpStatusCode.Created);
        }

        foreach (var code in (await Anonymous.GetAsync("/v1/councils?limit=1000&fields=code")).Items.Select(council => council.Text("code")))
        {
            councils.Add(((await Anonymous.GetAsync($"/v1/councils/{code}/document")).With(HttpStatusCode.OK).Json, (await Anonymous.GetAsync($"/v1/councils/{code}/quality")).With(HttpStatusCode.OK).Json));
        }

        Assert.That(councils, Has.Count.EqualTo(54 + made.Length));
    }

    [TestCase("")]
    [TestCase("?status=active")]
    [TestCase("?status=paused,closed")]
    [TestCase("?kind=cosm")]
    [TestCase("?council=test-full,metz")]
    [TestCase("?council=metz&status=closed")]
    public async Task Statistics_are_what_a_naive_count_finds(string query)
    {
        var statistics = (await Anonymous.GetAsync($"/v1/statistics{query}")).With(HttpStatusCode.OK).Json;
        var listed = (await Anonymous.GetAsync($"/v1/councils{query}{(query.Length == 0 ? '?' : '&')}limit=1000&fields=code")).Items.Select(council => council.Text("code")).ToHashSet();
        var chosen = councils.Where(council => listed.Contains(council.Document.Text("code"))).ToList();
        var documents = chosen.ConvertAll(council => council.Document);
        Assert.Multiple(() =>
        {
            Assert.That(statistics["councils"]!.GetValue<int>(), Is.EqualTo(chosen.Count));
            Expect("statuses", document => [document.Text("status")]);
            Expect("foundationYears", document => document["foundation"]?["date"] is { } date && date.Text("precision") is not ("before" or "after") ? [date.Text("value")[..4]] : []);
            Expect("themes", document => Texts(document["themes"]).Concat(Parts(document, "workingGroups").SelectMany(group => Texts(group["themes"]))));
            Expect("bodyTypes", document => Parts(document, "governanceBodies").Select(body => body.Text("type")));
            Expect("carriers", document => Parts(document, "organisations")
                .Where(organisation => Texts(organisation["roles"]).Contains("carrier") || organisation.Text("id") == document["coordination"]?["organisation"]?.Text("id"))
                .Select(organisation => organisation["category"]?.GetValue<string>()).OfType<string>());
            foreach (var row in statistics["evidence"]!.AsArray())
            {
                var states = documents.ConvertAll(document => StateOf(document, row.Text("field")));
                foreach (var (member, state) in new[] { ("stated", "stated"), ("inferred", "inferred"), ("mentioned", "mentioned"), ("none", "none"), ("notStated", "not-stated"), ("unsaid", "unsaid") })
                {
                    Assert.That(row![member]!.GetValue<int>(), Is.EqualTo(states.Count(other => other == state)), $"{row.Text("field")} {state}");
                }
            }

            var completeness = statistics["completeness"]!;
            var reports = chosen.ConvertAll(council => council.Quality);
            Assert.That(completeness["scores"]!.AsArray().Select(row => row!["councils"]!.GetValue<int>()), Is.EqualTo(Enumerable.Range(0, 12).Select(score => reports.Count(report => report["score"]!.GetValue<int>() == score))));
            Assert.That(
                completeness["criteria"]!.AsArray().Select(row => $"{row.Text("code")} {row!["councils"]}"),
                Is.EqualTo(reports.SelectMany(report => report["criteria"]!.AsArray())
                    .GroupBy(criterion => criterion.Text("code"), criterion => criterion!["met"]!.GetValue<bool>())
                    .OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => $"{group.Key} {group.Count(met => met)}")));
            Assert.That(completeness["maximum"]!.GetValue<int>(), Is.EqualTo(11));
        });

        void Expect(string member, Func<JsonNode, IEnumerable<string>> codesOf)
        {
            var codes = documents.ConvertAll(document => codesOf(document).Distinct().ToList());
            var expected = codes.SelectMany(list => list).GroupBy(code => code).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} {group.Count()}");
            Assert.That(statistics[member]!["items"]!.AsArray().Select(row => $"{row.Text("code")} {row!["councils"]}"), Is.EqualTo(expected), member);
            Assert.That(statistics[member]!["without"]!.GetValue<int>(), Is.EqualTo(codes.Count(list => list.Count == 0)), member);
        }
    }

    [Test]
    public async Task A_council_counts_in_each_region_and_department_in_which_it_covers_something()
    {
        var statistics = (await Anonymous.GetAsync("/v1/statistics")).Json;
        var regions = (await Anonymous.GetAsync("/v1/territories/departments?limit=1000")).Items.ToDictionary(item => item.Text("code"), item => item!["region"].Text("code"));
        foreach (var (member, list) in new[] { ("regions", "regions"), ("departments", "departments") })
        {
            var counts = statistics[member]!["items"]!.AsArray().ToDictionary(row => row.Text("code"), row => row!["councils"]!.GetValue<int>());
            foreach (var place in (await Anonymous.GetAsync($"/v1/territories/{list}?limit=1000")).Items)
            {
                // A closed council (La Réunion) and sectors cover no commune, but have their place.
                var covering = place!["councils"]!.AsArray().Select(council => council.Text("code")).ToHashSet();
                var beyond = councils.Count(council => !covering.Contains(council.Document.Text("code"))
                    && PlacesBeyondCoverage(council.Document).Any(department => (member == "regions" ? regions[department] : department) == place.Text("code")));
                Assert.That(counts.GetValueOrDefault(place.Text("code")), Is.EqualTo(covering.Count + beyond), $"{member} {place.Text("code")}");
            }
        }
    }

    [Test]
    public async Task The_parts_of_each_count_add_up()
    {
        var statistics = (await Anonymous.GetAsync("/v1/statistics")).Json;
        var total = statistics["councils"]!.GetValue<int>();
        Assert.That(statistics["statuses"]!["items"]!.AsArray().Sum(row => row!["councils"]!.GetValue<int>()), Is.EqualTo(total));
        Assert.That(statistics["evidence"]!.AsArray().Select(row => row!.AsObject().Where(member => member.Key != "field").Sum(member => member.Value!.GetValue<int>())), Is.All.EqualTo(total));
        Assert.That(statistics["completeness"]!["scores"]!.AsArray().Sum(row => row!["councils"]!.GetValue<int>()), Is.EqualTo(total));
    }

    /// <summary>The départements of its sectors: Lille has one of Pas-de-Calais.</summary>
    private static IEnumerable<string> PlacesBeyondCoverage(JsonNode document) => document.Text("code") == "test-closed" ? ["974"]
        : (document["territory"]?["parts"]?.AsArray() ?? []).Where(part => part.Text("type") == "psychiatric-sector" && part!["code"] is not null).Select(part => part.Text("code")[..^3]);

    private static string StateOf(JsonNode document, string field)
    {
        var value = field.Split('.').Aggregate(document, (node, member) => node?[member]!);
        var pointer = "/" + field.Replace('.', '/');
        var said = new[] { pointer, field.Contains('.', StringComparison.Ordinal) ? pointer[..pointer.LastIndexOf('/')] : pointer, "" }
            .Select(place => document["evidence"]?[place]?.Text("state")).FirstOrDefault(state => state is not null);
        return value is null ? said == "none" ? "none" : "not-stated" : said is "stated" or "inferred" or "mentioned" ? said : "unsaid";
    }

    private static IEnumerable<JsonNode> Parts(JsonNode document, string member) => (document[member]?.AsArray() ?? []).OfType<JsonNode>();

    private static IEnumerable<string> Texts(JsonNode? list) => (list?.AsArray() ?? []).Select(item => item!.GetValue<string>());
}

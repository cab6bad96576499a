using System.Net;
using System.Text.Json.Nodes;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>The filters of the national collections answer what they say: compared with a naive evaluation over the whole documents.</summary>
[Parallelizable]
internal sealed class NationalFilterTests : DirectoryFixture
{
    private const int Made = 40;

    private static readonly string[] Communes = ["57463", "38185", "38421", "69266", "13055", "2A004", "97411"];

    private static readonly Dictionary<string, string[]> Words = new()
    {
        ["region"] = ["44", "84", "93", "94", "04"],
        ["department"] = ["57", "38", "69", "2A", "974"],
        ["epci"] = ["200039865", "200040715"],
        ["commune"] = Communes,
        ["council"] = ["test-001", "test-002", "test-017", "metz", "grenoble"],
        ["status"] = ["active", "paused", "closed"],
        ["theme"] = ["housing", "prevention", "culture"],
        ["category"] = ["ccas", "municipalities", "health-establishments", "justice"],
        ["carrier"] = ["ccas", "municipalities", "health-establishments", "rna:W000000003"],
        ["identifier"] = ["rna:W000000003", "rna:W000000007", "rna:W000000011"],
    };

    private static readonly Dictionary<string, string[]> Missing = new()
    {
        ["councils"] = ["website", "foundation", "foundation.date", "events", "contacts", "organisations", "coordination.organisation", "purpose"],
        ["governance-bodies"] = ["purpose", "openness", "composition"],
        ["working-groups"] = ["themes", "status", "purpose"],
        ["organisations"] = ["category", "identifiers", "roles"],
        ["contacts"] = ["phones", "emails"],
        ["events"] = ["themes", "recurrence"],
    };

    private NaiveFilters naive = null!;

    [OneTimeSetUp]
    public async Task MakeAsync()
    {
        var random = new Random(4);
        foreach (var number in Enumerable.Range(1, Made))
        {
            var code = $"test-{number:000}";
            (await Administrator.PutAsync($"/v1/councils/{code}/document", Document(random, code, number), null)).With(HttpStatusCode.Created);
        }

        List<JsonNode> documents = [];
        foreach (var code in (await Anonymous.GetAsync("/v1/councils?limit=1000&fields=code")).Items.Select(item => item.Text("code")))
        {
            documents.Add((await Anonymous.GetAsync($"/v1/councils/{code}/document")).With(HttpStatusCode.OK).Json);
        }

        naive = new NaiveFilters(documents, await NaiveFilters.CommunesAsync(Database));
    }

    [TestCase("councils")]
    [TestCase("governance-bodies")]
    [TestCase("working-groups")]
    [TestCase("organisations")]
    [TestCase("contacts")]
    [TestCase("events")]
    public async Task Any_combination_of_filters_answers_as_a_naive_evaluation_does(string collection)
    {
        var random = new Random(collection.Length);
        var found = 0;
        for (var round = 0; round < 80; round++)
        {
            var words = Question(random, collection);
            var query = string.Join('&', words.Select(word => random.Next(2) == 0 || word.Key is "q" or "near"
                ? $"{word.Key}={string.Join(',', word.Value.Select(Uri.EscapeDataString))}"
                : string.Join('&', word.Value.Select(value => $"{word.Key}={Uri.EscapeDataString(value)}"))));
            var expected = naive.Ids(collection, words);
            var answer = (await Anonymous.GetAsync($"/v1/{collection}?limit=1000&fields=id&{query}")).With(HttpStatusCode.OK);
            Assert.That(answer.Items.Select(item => item.Text("id")), Is.EquivalentTo(expected), query);
            Assert.That(answer.Json["page"]!["total"]!.GetValue<int>(), Is.EqualTo(expected.Count), query);

            var body = new JsonObject(words.Select(word => KeyValuePair.Create(word.Key, (JsonNode?)(word.Key is "q" or "near" or "radius" ? word.Value[0] : new JsonArray([.. word.Value.Select(value => (JsonNode)value)])))))
            {
                ["limit"] = 1000,
                ["fields"] = new JsonArray("id"),
            };
            Assert.That((await Anonymous.PostAsync($"/v1/{collection}/search", body.ToJsonString())).With(HttpStatusCode.OK).Body, Is.EqualTo(answer.Body), query);
            found += expected.Count;
        }

        Assert.That(found, Is.GreaterThan(50), "the questions find something");
    }

    [Test]
    public async Task A_restricted_contact_does_not_show_by_what_is_not_missing()
    {
        (await Administrator.PutAsync("/v1/councils/test-hidden/document", """{"code":"test-hidden","kind":"clsm","name":"x","status":"active","contacts":[{"function":"coordinator","label":"x","nominative":false,"visibility":"council"}]}""", null)).With(HttpStatusCode.Created);
        var missing = await Anonymous.GetAsync("/v1/councils?council=test-hidden&missing=contacts");
        (await Administrator.DeleteAsync("/v1/councils/test-hidden", "*")).With(HttpStatusCode.NoContent);
        Assert.That(missing.With(HttpStatusCode.OK).Items, Has.Count.EqualTo(1));
    }

    private static Dictionary<string, string[]> Question(Random random, string collection)
    {
        Dictionary<string, string[]> words = [];
        foreach (var (word, values) in Words.Where(_ => random.Next(6) == 0))
        {
            var own = word == "status" && collection == "working-groups" ? ["active", "ended"] : values;
            words[word] = [.. own.OrderBy(_ => random.Next()).Take(1 + random.Next(3))];
        }

        if (random.Next(4) == 0)
        {
            words["missing"] = [.. Missing[collection].OrderBy(_ => random.Next()).Take(1 + random.Next(2))];
        }

        if (random.Next(4) == 0)
        {
            words["q"] = [new[] { "test", "epreuve", "grou", "oeuvre 3", "conseil sante", "com", "test absent" }[random.Next(7)]];
        }

        if (random.Next(5) == 0)
        {
            words["near"] = [new[] { "49.12,6.17", "45.19,5.72", "41.9,8.7" }[random.Next(3)]];
            words["radius"] = [new[] { "5", "20", "120" }[random.Next(3)]];
        }

        return words;
    }

    private static string Document(Random random, string code, int number)
    {
        string? Maybe(string text) => random.Next(2) == 0 ? text : null;
        string One(params string[] choices) => choices[random.Next(choices.Length)];
        string[] members =
        [
            $"\"code\":\"{code}\",\"kind\":\"clsm\",\"name\":\"Épreuve {code}\",\"status\":\"{One("active", "paused", "closed")}\"",
            .. new[]
            {
                Maybe("\"website\":\"https://example.invalid/\""), Maybe("\"purpose\":\"Mise en œuvre 3 d’une épreuve\""), Maybe("\"foundation\":{\"text\":\"x\"}"),
                Maybe($"\"themes\":[\"{One("housing", "prevention", "culture")}\"]"), Maybe($"\"participation\":{{\"categories\":[{{\"label\":\"x\",\"category\":\"{One("ccas", "justice")}\"}}]}}"),
                Maybe($"\"territory\":{{\"parts\":[{One([.. Communes.Select(commune => $"{{\"type\":\"commune\",\"code\":\"{commune}\"}}"), "{\"type\":\"epci\",\"code\":\"200040715\"}", "{\"type\":\"department\",\"code\":\"57\"}"])}]}}"),
                Maybe("\"coordination\":{\"organisation\":{\"name\":\"Seconde test\"}}"),
                Maybe("\"sources\":[{\"id\":\"s\"}],\"evidence\":{\"/events\":{\"state\":\"not-stated\"},\"/links\":{\"state\":\"none\",\"source\":\"s\"}}"),
                Maybe($"\"governanceBodies\":[{{\"type\":\"bureau\",\"name\":\"Bureau test\",\"openness\":\"open\",\"composition\":[{{\"label\":\"Communes\",\"category\":\"{One("justice", "municipalities")}\"}}]}},{{\"type\":\"bureau\",\"name\":\"Autre\"}}]"),
                Maybe($"\"workingGroups\":[{{\"kind\":\"group\",\"name\":\"Groupe test\",\"status\":\"{One("active", "ended")}\",\"themes\":[\"{One("housing", "culture")}\"]}},{{\"kind\":\"group\",\"name\":\"Sans\"}}]"),
                Maybe("\"contacts\":[{\"function\":\"coordinator\",\"label\":\"Conseil test\",\"nominative\":false,\"visibility\":\"public\",\"phones\":[\"+33100000000\"]}]"),
                Maybe($"\"events\":[{{\"name\":\"Commémoration\",\"kind\":\"sism\",\"themes\":[\"{One("prevention", "culture")}\"]}},{{\"name\":\"Test\",\"kind\":\"debate\",\"recurrence\":\"yearly\"}}]"),
            }.OfType<string>(),
            $"\"organisations\":[{{\"name\":\"Première test\",\"category\":\"{One("ccas", "municipalities")}\",\"roles\":[\"{One("carrier", "member")}\"],\"identifiers\":{{\"rna\":\"W{number % 13:000000000}\"}}}},{{\"name\":\"Seconde test\",\"category\":\"{One("health-establishments", "ccas")}\"}},{{\"name\":\"Tierce\"}}]",
        ];
        return $"{{{string.Join(',', members)}}}";
    }
}

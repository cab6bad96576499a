using System.Net;
using System.Text.Json.Nodes;
using CLSM.Directory.Api.Features.Sandbox;
using CLSM.Directory.Api.Security.Callers;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests.Sandbox;

/// <summary>Anyone may write to the sandbox, and nobody sees it who does not ask for it.</summary>
internal sealed class SandboxTests : DirectoryFixture
{
    private const string Marker = "zyxwvutsrq";

    /// <summary>What would find it: it covers Metz, carries every word, and has the organisation of a council that is there.</summary>
    private static readonly Dictionary<string, string> Probes = new(StringComparer.Ordinal)
    {
        ["limit"] = "1000",
        ["q"] = Marker,
        ["commune"] = "57463",
        ["region"] = "44",
        ["identifier"] = "finess:570000000",
    };

    [OneTimeSetUp]
    public async Task WriteAsync()
    {
        var territory = """{"territory":{"parts":[{"type":"commune","code":"57463"}]},"purpose":"zyxwvutsrq","themes":["housing"],"predecessors":["metz"],"successors":["grenoble"]}""";
        (await Player.PatchAsync("/v1/councils/sandbox", territory, "*")).With(HttpStatusCode.OK);
        (await Player.PostAsync("/v1/councils/sandbox/organisations", $$"""{"name":"Hôpital {{Marker}}","identifiers":{"finess":"570000000"},"roles":["carrier"]}""")).With(HttpStatusCode.Created);
        (await Player.PostAsync("/v1/councils/sandbox/events", $$"""{"name":"{{Marker}}","kind":"sism"}""")).With(HttpStatusCode.Created);
    }

    [Test]
    public async Task No_answer_of_the_contract_shows_it_unless_it_is_asked_for_by_name()
    {
        var contract = (await Anonymous.GetAsync("/openapi/v1.json")).Json;
        var national = ContractOperation.From(contract).Where(operation => !operation.NeedsKey && !operation.IsInCouncil).ToList();
        Assert.That(national, Has.Count.GreaterThan(35));
        var named = 0;
        await Assert.MultipleAsync(async () =>
        {
            foreach (var operation in national)
            {
                foreach (var question in Questions(contract, operation))
                {
                    var answer = await question.SendAsync(Anonymous);
                    Assert.That((int)answer.Status, Is.LessThan(500).And.Not.EqualTo(410), $"{question.Path} {question.Body}: {answer.Body}");
                    Assert.That(IsIn(answer.Body), Is.False, $"{question.Path} {question.Body}: {answer.Body}");
                }

                if (Takes(contract, operation).Contains("council") && operation.OperationId is not ("search" or "getContactProcessing"))
                {
                    var asked = With(operation, "council", SandboxCouncil.Code);
                    var answer = (await asked.SendAsync(Anonymous)).With(HttpStatusCode.OK);
                    Assert.That(IsIn(answer.Body) || operation.OperationId == "getStatistics", Is.True, $"{asked.Path} {asked.Body}: {answer.Body}");
                    named++;
                }
            }
        });

        Assert.That(named, Is.GreaterThan(15));
        Assert.That((await Anonymous.GetAsync($"/v1/search?q={Marker}&council=sandbox")).Json["page"]!["total"]!.GetValue<int>(), Is.EqualTo(3));
        Assert.That((await Anonymous.GetAsync("/v1/statistics?council=sandbox")).Json["councils"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That((await Anonymous.GetAsync("/v1/councils?council=metz,sandbox")).Items.Select(item => item.Text("code")), Is.EqualTo(new[] { "metz", "sandbox" }));
    }

    [TestCase("/embed/councils?commune=57463")]
    [TestCase("/embed/councils?department=57")]
    [TestCase("/embed/councils")]
    [TestCase("/embed?search=zyxwvutsrq")]
    [TestCase("/embed?search=fictif")]
    public async Task No_embedded_list_shows_it(string page) => Assert.That(IsIn((await Anonymous.GetAsync(page)).With(HttpStatusCode.OK).Body), Is.False);

    [Test]
    public async Task By_its_own_address_it_is_read_embedded_and_found_by_oEmbed()
    {
        Assert.That((await Anonymous.GetAsync("/v1/councils/sandbox/document")).With(HttpStatusCode.OK).Json.Text("purpose"), Is.EqualTo(Marker));
        Assert.That((await Anonymous.GetAsync("/v1/councils/sandbox/contacts")).With(HttpStatusCode.OK).Items, Has.Count.EqualTo(1), "the others are the council's alone");
        Assert.That((await Anonymous.GetAsync("/embed/councils/sandbox")).With(HttpStatusCode.OK).Body, Does.Contain("fictif"));
        Assert.That((await Anonymous.GetAsync("/oembed?url=/embed/councils/sandbox")).With(HttpStatusCode.OK).Json.Text("title"), Does.Contain("fictif"));
        Assert.That((await Anonymous.GetAsync("/v1/contacts/00000000-0000-7000-8000-000000000007/processing")).With(HttpStatusCode.OK).Json.Text("council"), Is.EqualTo("sandbox"));
        using var agency = await AgencyAsync();
        Assert.That((await agency.GetAsync("/v1/councils/sandbox/contacts")).With(HttpStatusCode.OK).Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task No_view_shows_it_to_a_statement_that_does_not_say_so()
    {
        var views = await TestCluster.ScalarAsync<string[]>(
            Database.Owner,
            """
            select array_agg(format('%I.%I %I', n.nspname, c.relname, a.attname) order by 1)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and (a.attname = 'council_id' or c.relname = 'council' and a.attname = 'id')
            where n.nspname in ('published', 'partners') and c.relkind = 'v' and c.relname <> 'council_code'
            """);
        Assert.That(views, Has.Length.GreaterThan(18));
        var seen = 0;
        foreach (var view in views.Select(view => view.Split(' ')))
        {
            var sql = $"select count(*) from {view[0]} where {view[1]} = directory.sandbox()";
            Assert.That(await TestCluster.ScalarAsync<long>(TestCluster.AdministratorOf(Database), sql), Is.Zero, view[0]);
            seen += await TestCluster.ScalarAsync<long>(TestCluster.AdministratorOf(Database), $"set clsm.sandbox = 'on'; {sql}") > 0 ? 1 : 0;
        }

        Assert.That(seen, Is.GreaterThan(15), "there is something to be seen");
        Assert.That(await TestCluster.ScalarAsync<long>(TestCluster.AdministratorOf(Database), "select count(*) from directory.change_region r join directory.change x using (cursor) where x.council_id = directory.sandbox()"), Is.Zero);
    }

    [Test]
    public async Task What_is_written_there_makes_no_other_answer_look_new()
    {
        string[] addresses = ["/v1/councils", "/v1/coverage?region=44", "/v1/search?q=metz", "/v1/territories/communes/57463", "/v1/exports/councils.json", "/v1/organisations/groups"];
        var before = new Dictionary<string, string>();
        foreach (var address in addresses)
        {
            before[address] = (await Anonymous.GetAsync(address)).With(HttpStatusCode.OK).ETag;
        }

        var (national, own) = (await FeedFollower.FromNowAsync(Anonymous), await FeedFollower.FromNowAsync(Anonymous, "&council=sandbox"));
        var waiting = own.WaitAsync();
        (await Player.PostAsync("/v1/councils/sandbox/events", """{"name":"test-quiet","kind":"sism"}""")).With(HttpStatusCode.Created);
        Assert.That((await waiting).With(HttpStatusCode.OK).Items.Select(entry => entry.Text("council")), Is.Not.Empty.And.All.EqualTo("sandbox"));
        foreach (var address in addresses)
        {
            Assert.That((await Anonymous.GetAsync(address)).ETag, Is.EqualTo(before[address]), address);
        }

        Assert.That(await national.CatchUpAsync(), Is.Empty);
        Assert.That((await own.CatchUpAsync()).Select(FeedFollower.Words), Does.Contain("created event 1"));

        // A cursor goes with any question, whichever it came from.
        foreach (var filter in new[] { "", "&council=metz", "&region=44" })
        {
            Assert.That((await Anonymous.GetAsync($"/v1/changes?after={own.After}{filter}")).With(HttpStatusCode.OK).Items, Is.Empty);
        }

        var follower = new FeedFollower(Anonymous) { After = own.After };
        (await Metz.PostAsync("/v1/councils/metz/events", """{"name":"test-loud","kind":"sism"}""")).With(HttpStatusCode.Created);
        Assert.That((await follower.WaitAsync()).With(HttpStatusCode.OK).Items.Select(entry => entry.Text("council")), Is.All.EqualTo("metz"));
    }

    [Test]
    public async Task Whoever_plays_there_can_do_nothing_elsewhere()
    {
        (await Player.GetAsync("/v1/keys")).With(HttpStatusCode.Forbidden);
        (await Player.PostAsync("/v1/keys", """{"name":"test-0001","scopes":["council:sandbox"]}""")).With(HttpStatusCode.Forbidden);
        (await Player.PostAsync("/v1/councils", """{"code":"test-0001","kind":"clsm","name":"test-0001","status":"active"}""")).With(HttpStatusCode.Forbidden);
        (await Player.PatchAsync("/v1/councils/metz", """{"shortName":"test-0001"}""", "*")).With(HttpStatusCode.Forbidden);
        (await Player.DeleteAsync("/v1/councils/sandbox", "*")).With(HttpStatusCode.Forbidden);
        (await Player.PatchAsync("/v1/councils/sandbox", """{"code":"test-0001"}""", "*")).With(HttpStatusCode.Forbidden);
        (await Administrator.PatchAsync("/v1/councils/sandbox", """{"code":"test-0001"}""", "*")).With(HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task Nobodys_succession_ends_by_what_it_claims()
    {
        // It says to come after Metz and before Grenoble: that Metz comes after Grenoble would be a loop, if that counted.
        (await Administrator.PatchAsync("/v1/councils/grenoble", """{"successors":["metz"]}""", "*")).With(HttpStatusCode.OK);
        (await Administrator.PatchAsync("/v1/councils/grenoble", """{"successors":null}""", "*")).With(HttpStatusCode.OK);
    }

    /// <summary>The operation as its example says, and with everything that would find the sandbox.</summary>
    private static IEnumerable<ContractOperation> Questions(JsonNode contract, ContractOperation operation) =>
        Formats(contract, operation).Concat(Takes(contract, operation).Where(Probes.ContainsKey).Select(name => With(operation, name, Probes[name])));

    private static IEnumerable<ContractOperation> Formats(JsonNode contract, ContractOperation operation)
    {
        var format = Parameters(contract, operation).FirstOrDefault(parameter => parameter.Text("name") == "format" && parameter.Text("in") == "path");
        return format is null ? [operation] : format["schema"]!["enum"]!.AsArray().Select(value => value!.GetValue<string>()).Where(value => value != "xlsx")
            .Select(value => operation with { Path = operation.Path[..(operation.Path.LastIndexOf('.') + 1)] + value });
    }

    private static HashSet<string> Takes(JsonNode contract, ContractOperation operation) => operation.Body is not null && operation.OperationId.StartsWith("search", StringComparison.Ordinal)
        ? ["commune", "region", "department", "q", "theme", "council"]
        : [.. Parameters(contract, operation).Where(parameter => parameter.Text("in") == "query").Select(parameter => parameter.Text("name"))];

    private static List<JsonNode> Parameters(JsonNode contract, ContractOperation operation) =>
    [
        .. contract["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Single(one => one.Value.Text("operationId") == operation.OperationId).Value!["parameters"]!.AsArray()
            .Select(parameter => parameter!["$ref"] is { } reference ? contract["components"]!["parameters"]![reference.GetValue<string>().Split('/')[^1]]! : parameter!),
    ];

    private static ContractOperation With(ContractOperation operation, string name, string value) => operation.Body is null
        ? operation with { Path = $"{operation.Path.Split('?')[0]}?{(name != "q" && operation.OperationId == "search" ? $"q={Marker}&" : "")}{name}={Uri.EscapeDataString(value)}" }
        : operation with { Body = new JsonObject { [name] = name == "q" ? value : new JsonArray(value) }.ToJsonString() };

    /// <summary>A search says in its answer what was asked, so the words themselves are no sign.</summary>
    private static bool IsIn(string body) =>
        body.Contains("\"sandbox\"", StringComparison.Ordinal) || body.Contains("00000000-0000-7000-8000", StringComparison.Ordinal) || body.Contains(";sandbox;", StringComparison.Ordinal)
        || body.Contains("fictif (", StringComparison.Ordinal) || body.Contains($"Hôpital {Marker}", StringComparison.Ordinal);

    private async Task<Client> AgencyAsync()
    {
        var (_, secret) = await Keys.CreateAsync("agency", new GrantedScopes(false, [], ["44"]), null, CancellationToken.None);
        return new Client(Service.Urls.First(), secret);
    }
}

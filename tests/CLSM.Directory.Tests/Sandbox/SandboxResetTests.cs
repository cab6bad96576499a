using System.Net;
using System.Text.Json.Nodes;
using CLSM.Directory.Api;
using CLSM.Directory.Api.Features.Sandbox;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CLSM.Directory.Tests.Sandbox;

/// <summary>Every night the sandbox is new, and nothing remains of what was written there.</summary>
internal sealed class SandboxResetTests : DirectoryFixture
{
    private const string Marker = "zyxwvutsrq";

    private readonly ManualTime time = new();

    protected override void Adjust(WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(time);

    [SetUp]
    public Task BeginNewAsync() => Service.Services.GetRequiredService<TenantScope<SandboxReset>>().RunAsync(reset => reset.RunAsync(null, CancellationToken.None));

    [Test]
    public async Task Nothing_remains_of_what_was_written()
    {
        var begin = await DocumentAsync();
        var others = await OthersAsync();
        var contact = (await Player.SendAsync(
            HttpMethod.Post, "/v1/councils/sandbox/contacts", Client.Json($$"""{"function":"press","label":"{{Marker}}","nominative":false,"visibility":"public"}"""), ("Idempotency-Key", "test-0001"))).With(HttpStatusCode.Created);
        (await Player.PatchAsync(contact.Headers["Location"], """{"emails":["zyxwvutsrq@sandbox.example"]}""", "*")).With(HttpStatusCode.OK);
        (await Player.PatchAsync("/v1/councils/sandbox", $$"""{"purpose":"{{Marker}}"}""", "*")).With(HttpStatusCode.OK);
        (await Player.DeleteAsync($"/v1/councils/sandbox/events/{begin["events"]![0].Text("id")}", "*")).With(HttpStatusCode.NoContent);

        await Service.Services.GetRequiredService<TenantScope<SandboxReset>>().RunAsync(reset => reset.RunAsync(null, CancellationToken.None));
        Assert.That(Stated(await DocumentAsync()), Is.EqualTo(Stated(begin)));
        Assert.That(await OthersAsync(), Is.EqualTo(others));
        (await Anonymous.GetAsync(contact.Headers["Location"])).With(HttpStatusCode.Gone);
        Assert.That(await TestCluster.ScalarAsync<long>(TestCluster.AdministratorOf(Database), "select count(*) from directory.stored_response where is_sandbox"), Is.Zero);
        Assert.That(await MentionsAsync(Marker), Is.Empty);
    }

    [Test]
    public async Task Who_follows_it_from_day_to_day_ends_with_what_it_says_and_the_log_does_not_grow()
    {
        var follower = new FeedFollower(Anonymous, "&council=sandbox");
        var random = new Random(20261122);
        for (var day = 0; day < 4; day++)
        {
            for (var write = 0; write < 12; write++)
            {
                await WriteAsync(random, $"test-{day}-{write}");
                if (random.Next(4) == 0)
                {
                    await follower.CatchUpAsync();
                }
            }

            await Service.Services.GetRequiredService<TenantScope<SandboxReset>>().RunAsync(reset => reset.RunAsync(null, CancellationToken.None));
        }

        await follower.CatchUpAsync();
        var held = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in follower.Seen)
        {
            if (entry.Text("operation") == "removed")
            {
                held.Remove(entry.Text("id"));
            }
            else
            {
                held[entry.Text("id")] = entry["version"]!.GetValue<int>();
            }
        }

        var document = await DocumentAsync(Anonymous);
        var said = Parts(document).Append(document).ToDictionary(part => part.Text("id"), part => part["version"]!.GetValue<int>());
        Assert.That(held, Is.EquivalentTo(said));
        Assert.That(
            await TestCluster.ScalarAsync<long>(TestCluster.AdministratorOf(Database), "select count(*) from directory.change where council_id = directory.sandbox() and operation <> 'removed'"),
            Is.LessThanOrEqualTo(2 * (said.Count + 1)), "one entry for each thing, or two where it was restricted");
        Assert.That(
            await TestCluster.ScalarAsync<long>(TestCluster.AdministratorOf(Database), "select count(*) from directory.change where council_id = directory.sandbox() and operation = 'removed'"),
            Is.LessThanOrEqualTo(12), "the last day's tombstones");
    }

    [Test]
    public async Task Of_many_nodes_one_makes_it_new_and_what_is_written_afterwards_stays()
    {
        var due = DateTimeOffset.UtcNow.AddMinutes(1);
        var done = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Service.Services.GetRequiredService<TenantScope<SandboxReset>>().RunAsync(reset => reset.RunAsync(due, CancellationToken.None))));
        Assert.That(done.Count(isDone => isDone), Is.GreaterThanOrEqualTo(1));

        // Done before it was due, it is due still; done since, it is not.
        var past = DateTimeOffset.UtcNow.AddMinutes(-1);
        (await Player.PatchAsync("/v1/councils/sandbox", $$"""{"purpose":"{{Marker}}"}""", "*")).With(HttpStatusCode.OK);
        var again = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Service.Services.GetRequiredService<TenantScope<SandboxReset>>().RunAsync(reset => reset.RunAsync(past, CancellationToken.None))));
        Assert.That(again, Is.All.False);
        Assert.That((await DocumentAsync()).Text("purpose"), Is.EqualTo(Marker));
    }

    [Test]
    public async Task At_two_in_the_night_it_is_made_new()
    {
        await time.WaitingFor(TimeSpan.FromHours(1));
        (await Player.PatchAsync("/v1/councils/sandbox", $$"""{"purpose":"{{Marker}}"}""", "*")).With(HttpStatusCode.OK);
        var follower = await FeedFollower.FromNowAsync(Anonymous, "&council=sandbox");
        var waiting = follower.WaitAsync();
        time.Advance(TimeSpan.FromDays(1));
        Assert.That((await waiting).With(HttpStatusCode.OK).Items.Select(entry => entry.Text("council")), Is.EqualTo(new[] { "sandbox" }));
        Assert.That((await DocumentAsync())["purpose"], Is.Null);
    }

    [Test]
    public void A_setting_that_cannot_be_read_stops_the_start()
    {
        foreach (var (name, value) in new[] { ("ResetAt", "noon"), ("Open", "perhaps"), ("MostRows", "0") })
        {
            Assert.That(() => DirectoryApplication.Build(Database, [$"--Sandbox:{name}", value]), Throws.InvalidOperationException.With.Message.Contain(value));
        }
    }

    private async Task WriteAsync(Random random, string name)
    {
        var document = await DocumentAsync();
        switch (random.Next(4))
        {
            case 0:
                (await Player.PostAsync("/v1/councils/sandbox/contacts", $$"""{"function":"press","label":"{{name}}","nominative":false,"visibility":"{{(random.Next(2) == 0 ? "public" : "council")}}"}""")).With(HttpStatusCode.Created);
                break;
            case 1:
                (await Player.PostAsync("/v1/councils/sandbox/events", $$"""{"name":"{{name}}","kind":"sism"}""")).With(HttpStatusCode.Created);
                break;
            case 2 when document["contacts"]?.AsArray() is { Count: > 0 } contacts:
                (await Player.PatchAsync($"/v1/councils/sandbox/contacts/{contacts[random.Next(contacts.Count)].Text("id")}", $$"""{"visibility":"{{(random.Next(2) == 0 ? "public" : "council")}}","phones":["+33199000001"]}""", "*")).With(HttpStatusCode.OK);
                break;
            default:
                if (document["events"]?.AsArray() is { Count: > 0 } events)
                {
                    (await Player.DeleteAsync($"/v1/councils/sandbox/events/{events[random.Next(events.Count)].Text("id")}", "*")).With(HttpStatusCode.NoContent);
                }

                break;
        }
    }

    private async Task<JsonNode> DocumentAsync(Client? caller = null) => (await (caller ?? Player).GetAsync("/v1/councils/sandbox/document")).With(HttpStatusCode.OK).Json;

    private async Task<string> OthersAsync() => (await Administrator.GetAsync("/v1/exports/documents.ndjson")).With(HttpStatusCode.OK).Body;

    private static IEnumerable<JsonNode> Parts(JsonNode document) =>
        new[] { "governanceBodies", "workingGroups", "organisations", "contacts", "events" }.SelectMany(member => document[member]?.AsArray() ?? []).Select(part => part!);

    /// <summary>What a document states, in an order of its own: what was removed and came back stands last.</summary>
    private static List<string> Stated(JsonNode document) =>
    [
        document.Without("version", "createdAt", "updatedAt", "governanceBodies", "workingGroups", "organisations", "contacts", "events").ToJsonString(),
        .. Parts(document).Select(part => part.Without("version", "createdAt", "updatedAt").ToJsonString()).Order(StringComparer.Ordinal),
    ];

    /// <summary>The tables in which a word stands anywhere.</summary>
    private async Task<string[]> MentionsAsync(string word)
    {
        var administrator = TestCluster.AdministratorOf(Database);
        var tables = await TestCluster.ScalarAsync<string[]>(administrator, "select array_agg(relname::text) from pg_class where relnamespace = 'directory'::regnamespace and relkind = 'r' and relname not like 'reference%'");
        var found = new List<string>();
        foreach (var table in tables)
        {
            if (await TestCluster.ScalarAsync<bool>(administrator, $"select exists (select from directory.{table} t where t::text like '%{word}%')"))
            {
                found.Add(table);
            }
        }

        return [.. found];
    }
}

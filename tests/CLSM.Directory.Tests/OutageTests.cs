using System.Net;
using CLSM.Directory.Api;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Security.ApiKeys;
using CLSM.Directory.Api.StaleResponses;
using CLSM.Directory.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CLSM.Directory.Tests;

/// <summary>PostgreSQL goes away and comes back: what was public goes on and says how old it is, all else is refused, and nobody restarts anything.</summary>
internal sealed class OutageTests
{
    private const string Events = "/v1/councils/metz/events";
    private const string Page = "/embed/councils/grenoble";

    private readonly List<WebApplication> nodes = [];
    private readonly List<Client> clients = [];
    private PrivateCluster cluster = null!;
    private string key = null!;

    private Client Anonymous => clients[0];

    private Client Administrator => clients[2];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        cluster = await PrivateCluster.StartAsync();
        key = (await new ApiKeyAdministration(cluster.Database.Owner).CreateAsync("administrator", true, [], null, CancellationToken.None)).Secret;
        foreach (var _ in new[] { "first", "second" })
        {
            var node = DirectoryApplication.Build(cluster.Database, ["--urls", "http://127.0.0.1:0", "--Limits:Requests", "off"]);
            await node.StartAsync();
            nodes.Add(node);
            clients.Add(new Client(node.Urls.First(), null));
        }

        clients.Add(new Client(nodes[0].Urls.First(), key));
    }

    [SetUp]
    public Task UntilNodesKeepAnswersAsync() => UntilAsync(TimeSpan.FromSeconds(20), async () =>
    {
        foreach (var (node, client) in nodes.Zip(clients))
        {
            await client.GetAsync("/v1/councils/metz");
            if (!node.Services.GetRequiredService<DatabaseNotifications>().IsListening || node.Services.GetRequiredService<StaleResponseCache>().Count == 0)
            {
                return false;
            }
        }

        return true;
    });

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        clients.ForEach(client => client.Dispose());
        foreach (var node in nodes)
        {
            await node.StopAsync();
            await node.DisposeAsync();
        }

        await cluster.DisposeAsync();
    }

    [Test]
    public async Task Every_public_read_that_was_answered_goes_on_and_says_that_it_is_old()
    {
        var contract = (await Anonymous.GetAsync("/openapi/v1.json")).Json;
        var reads = ContractOperation.From(contract).Where(operation => operation.Method == HttpMethod.Get && !operation.NeedsKey).Select(operation => operation.Path).ToList();
        var before = new Dictionary<string, Answer>();
        foreach (var path in reads.Append(Page).Append("/embed/councils?commune=57463").Append($"{Page}?format=fragment"))
        {
            before[path] = await Anonymous.GetAsync(path);
        }

        await AwayAsync(async () =>
        {
            Assert.That(before.Values.Count(answer => answer.Status == HttpStatusCode.OK), Is.GreaterThan(30));
            foreach (var (path, fresh) in before.Where(entry => entry.Value.Status == HttpStatusCode.OK))
            {
                var answer = await Anonymous.GetAsync(path);
                if (path.StartsWith("/v1/exports/", StringComparison.Ordinal) || path == "/v1/changes/latest")
                {
                    // Somebody would go on from it.
                    Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable), path);
                    continue;
                }

                Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), path);
                Assert.That(Unnoticed(answer.Body), Is.EqualTo(fresh.Body), path);

                // Part of the program, which needs no database.
                if (!path.StartsWith("/v1/vocabularies", StringComparison.Ordinal) && !path.StartsWith("/v1/sheets/", StringComparison.Ordinal))
                {
                    IsMarked(answer);
                }
            }
        });
    }

    [Test]
    public async Task What_is_old_is_negotiated_like_what_is_fresh()
    {
        const string council = "/v1/councils/grenoble";
        var fresh = await Anonymous.GetAsync(council);
        await AwayAsync(async () =>
        {
            IsMarked((await Anonymous.GetAsync(council, ("Accept", "application/json"))).With(HttpStatusCode.OK));
            IsMarked((await Anonymous.GetAsync(council, ("If-None-Match", fresh.ETag))).With(HttpStatusCode.NotModified));
            var head = (await Anonymous.SendAsync(HttpMethod.Head, council, null)).With(HttpStatusCode.OK);
            IsMarked(head);
            Assert.That((head.ETag, head.Body), Is.EqualTo((fresh.ETag, "")));
            Assert.That((await Anonymous.GetAsync(council, ("Accept", "text/csv"))).Status, Is.EqualTo(HttpStatusCode.NotAcceptable));

            // What nobody has asked is not made up, and what is wrong is still told.
            (await Anonymous.GetAsync($"{council}?fields=name")).With(HttpStatusCode.ServiceUnavailable);
            (await Anonymous.GetAsync($"{council}?test-0001=1")).With(HttpStatusCode.BadRequest);
        });
        Assert.That((await Anonymous.GetAsync(council)).With(HttpStatusCode.OK).Headers, Does.Not.ContainKey("Age").And.Not.ContainKey("Warning"));
    }

    [Test]
    public async Task A_page_says_to_its_reader_that_it_is_old_and_an_unknown_one_that_it_cannot_be_had()
    {
        await Anonymous.GetAsync(Page, ("Accept-Language", "en"));
        await AwayAsync(async () =>
        {
            var old = (await Anonymous.GetAsync(Page, ("Accept-Language", "en-GB,en;q=0.9"))).With(HttpStatusCode.OK);
            IsMarked(old);
            Assert.That(old.Body, Does.Contain("The directory does not answer for the moment").And.Contain("clsm-notice"));
            Assert.That(old.Headers["Content-Security-Policy"], Does.StartWith("default-src 'none'; style-src 'self'"));

            // Nobody shall go on showing the notice once there is nothing to notice.
            Assert.That(old.Headers["Cache-Control"], Is.EqualTo("no-store"));
            var unknown = (await Anonymous.GetAsync("/embed/councils/test-0001")).With(HttpStatusCode.ServiceUnavailable);
            Assert.That(unknown.Headers["Content-Type"], Does.StartWith("text/html"));
            Assert.That(unknown.Headers, Contains.Key("Retry-After"));
            Assert.That(unknown.Body, Does.Contain("Momentanément indisponible").And.Contain("L’annuaire ne répond pas"));
            Assert.That((await Anonymous.GetAsync("/embed/councils/test-0001", ("Accept-Language", "en"))).Body, Does.Contain("Unavailable for the moment"));
        });
    }

    [Test]
    public async Task Nothing_that_was_answered_to_a_key_is_kept_and_no_key_is_trusted()
    {
        const string asked = "/v1/councils/metz/contacts?limit=7";
        (await Administrator.GetAsync(asked)).With(HttpStatusCode.OK);
        await AwayAsync(async () =>
        {
            (await Anonymous.GetAsync(asked)).With(HttpStatusCode.ServiceUnavailable);
            (await Administrator.GetAsync("/v1/councils/metz")).With(HttpStatusCode.ServiceUnavailable);
        });
    }

    [Test]
    public async Task Writes_are_refused_and_health_is_told_until_the_database_is_back_without_a_restart()
    {
        (await Administrator.PostAsync(Events, """{"name":"test-before","kind":"sism"}""")).With(HttpStatusCode.Created);
        await AwayAsync(async () =>
        {
            var refused = (await Administrator.PostAsync(Events, """{"name":"test-lost","kind":"sism"}""")).With(HttpStatusCode.ServiceUnavailable);
            Assert.That((refused.Problem, refused.Headers["Retry-After"]), Is.EqualTo(("unavailable", "5")));
            Assert.That((await Anonymous.GetAsync("/health/live")).With(HttpStatusCode.OK).Body, Is.EqualTo("live"));
            Assert.That((await Anonymous.GetAsync("/health/ready")).With(HttpStatusCode.OK).Body, Does.StartWith("degraded"));
        });

        // The very first requests after it.
        (await Administrator.PostAsync(Events, """{"name":"test-after","kind":"sism"}""")).With(HttpStatusCode.Created);
        var names = (await Anonymous.GetAsync(Events)).With(HttpStatusCode.OK);
        Assert.That(names.Headers, Does.Not.ContainKey("Age"));
        Assert.That(names.Body, Does.Contain("test-before").And.Contain("test-after").And.Not.Contain("test-lost"));
        Assert.That((await Anonymous.GetAsync("/health/ready")).Body, Is.EqualTo("ready"));
    }

    [Test]
    public async Task What_was_withdrawn_leaves_every_node_within_a_second()
    {
        const string contacts = "/v1/councils/metz/contacts";
        var contact = (await Administrator.PostAsync(contacts, """{"function":"coordinator","label":"test-withdrawn","nominative":false,"visibility":"public"}""")).With(HttpStatusCode.Created);
        string[] concerned = ["/v1/councils/metz/document", contacts, "/v1/contacts?council=metz", "/v1/contacts?council=metz&fields=label"];
        var other = nodes[1].Services.GetRequiredService<StaleResponseCache>();
        await UntilAsync(TimeSpan.FromSeconds(10), async () =>
        {
            // Until the change that made it has been heard of as well, and all of them are kept.
            var before = other.Changed;
            foreach (var path in concerned.Append("/v1/councils/grenoble/document"))
            {
                Assert.That((await clients[1].GetAsync(path)).Body, Does.Contain(path.Contains("grenoble", StringComparison.Ordinal) ? "grenoble" : "test-withdrawn"));
            }

            return other.Changed == before;
        });
        var all = other.Count;
        (await Administrator.DeleteAsync($"{contacts}/{contact.Json.Text("id")}", "*")).With(HttpStatusCode.NoContent);
        await UntilAsync(TimeSpan.FromSeconds(1), () => Task.FromResult(other.Count <= all - concerned.Length));
        await AwayAsync(async () =>
        {
            foreach (var path in concerned)
            {
                (await clients[1].GetAsync(path)).With(HttpStatusCode.ServiceUnavailable);
            }

            // Another council has not changed.
            IsMarked((await clients[1].GetAsync("/v1/councils/grenoble/document")).With(HttpStatusCode.OK));
        });
    }

    private async Task AwayAsync(Func<Task> meanwhile)
    {
        await cluster.StopAsync();
        try
        {
            await meanwhile();
        }
        finally
        {
            await cluster.StartAgainAsync();
        }
    }

    private static void IsMarked(Answer answer)
    {
        Assert.That(int.Parse(answer.Headers["Age"], System.Globalization.CultureInfo.InvariantCulture), Is.InRange(0, 60));
        Assert.That(answer.Headers["Warning"], Does.StartWith("110 "));
        Assert.That(answer.Headers[CachedResponse.CacheStatus], Does.StartWith("clsm-directory; hit"));
    }

    /// <summary>A page without the notice that it is old.</summary>
    private static string Unnoticed(string body) => System.Text.RegularExpressions.Regex.Replace(body, "\n<p class=\"clsm-notice\".*?</p>", "");

    private static async Task UntilAsync(TimeSpan longest, Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(longest);
        while (!await condition())
        {
            await Task.Delay(5, limit.Token);
        }
    }
}

/// <summary>What is kept for an outage has a bound.</summary>
internal sealed class OutageBoundTests : DirectoryFixture
{
    protected override IReadOnlyList<string> Settings => [.. base.Settings, "--Outage:MostBytes", "40000"];

    [Test]
    public async Task However_much_is_asked_little_is_kept()
    {
        var answers = Service.Services.GetRequiredService<StaleResponseCache>();
        var most = 0;
        for (var number = 0; number < 200; number++)
        {
            (await Anonymous.GetAsync($"/v1/councils?limit={number + 1}&fields=code")).With(HttpStatusCode.OK);
            most = Math.Max(most, answers.Count);
        }

        Assert.That(most, Is.InRange(1, 20));
    }
}

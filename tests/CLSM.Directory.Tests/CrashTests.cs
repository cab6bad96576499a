using System.Globalization;
using System.Net;
using CLSM.Directory.Api.Security.ApiKeys;
using CLSM.Directory.Tests.Hosting;
using Npgsql;

namespace CLSM.Directory.Tests;

/// <summary>
/// Two nodes and their PostgreSQL, killed (SIGKILL) again and again at random moments while sixteen writers write through both nodes, repeat what
/// they have no answer to, and one follower reads the feed. Nobody waits for anybody to be well.
/// </summary>
[Parallelizable]
internal sealed class CrashTests
{
    private const int Rounds = 50;
    private const int Writers = 16;
    private const int Councils = 4;

    private readonly ServiceProcess[] nodes = new ServiceProcess[2];
    private PrivateCluster cluster = null!;
    private string key = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        cluster = await PrivateCluster.StartAsync();
        key = (await new ApiKeyAdministration(cluster.Database.Owner).CreateAsync("crash", true, [], null, CancellationToken.None)).Secret;
        for (var node = 0; node < nodes.Length; node++)
        {
            nodes[node] = Start(ServiceProcess.FreeAddress());
        }

        await Task.WhenAll(nodes.Select(node => node.AnswersAsync()));
        using var client = new Client(nodes[0].Address, key);
        for (var council = 0; council < Councils; council++)
        {
            (await client.PostAsync("/v1/councils", $$"""{"code":"test-crash-{{council}}","kind":"clsm","name":"x","status":"active"}""")).With(HttpStatusCode.Created);
        }
    }

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        await cluster.DisposeAsync();
    }

    [Test]
    public async Task Whatever_is_killed_every_acknowledged_write_is_there_once_no_half_one_and_the_feed_is_whole()
    {
        var seed = Environment.GetEnvironmentVariable("CLSM_CRASH_SEED") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
        await TestContext.Out.WriteLineAsync($"CLSM_CRASH_SEED={seed}");
        var random = new Random(seed);
        using var end = new CancellationTokenSource();
        string[] addresses = [.. nodes.Select(node => node.Address)];
        var writers = Enumerable.Range(0, Writers).Select(number => new CrashWriter(addresses, key, number, $"test-crash-{number % Councils}", random.Next())).ToList();
        var follower = new CrashFollower(addresses);
        var writing = writers.Select(writer => writer.WriteAsync(end.Token)).ToList();
        var following = follower.FollowAsync(end.Token);

        int Acknowledged() => writers.Sum(writer => writer.Acknowledged.Count);
        var coming = Task.CompletedTask;
        for (var round = 0; round < Rounds; round++)
        {
            // A random moment is so many writes later.
            var enough = Acknowledged() + random.Next(1, 12);
            while (Acknowledged() < enough)
            {
                Assert.That(writing.All(task => !task.IsFaulted) && !following.IsFaulted, $"seed {seed}, round {round}: {writing.FirstOrDefault(task => task.IsFaulted)?.Exception ?? following.Exception}");
                await Task.Delay(1);
            }

            if (round % 5 == 4)
            {
                // Of two nodes one is there, or coming, while the other is killed.
                await coming;
                var node = round / 5 % nodes.Length;
                await nodes[node].KillAsync();
                nodes[node] = Start(nodes[node].Address);
                coming = nodes[node].AnswersAsync();
            }
            else
            {
                await cluster.KillAsync();
                await cluster.StartAgainAsync();
            }
        }

        await end.CancelAsync();
        await Task.WhenAll(writing);
        await following;
        var message = $"seed {seed}";
        await NothingIsLostAsync(writers, message);
        await TheFeedIsWholeAsync(follower, message);
    }

    private async Task NothingIsLostAsync(IReadOnlyList<CrashWriter> writers, string message)
    {
        var events = await TextsAsync("select e.statement ->> 'name' from directory.event e join directory.council c on c.id = e.council_id where c.code like 'test-crash-%'");
        var pairs = await TextsAsync("select c.code from directory.council c where c.code like 'test-pair-%'");
        IReadOnlyList<string> there = [.. events, .. pairs];
        IReadOnlyList<string> acknowledged = [.. writers.SelectMany(writer => writer.Acknowledged)];
        Assert.That(acknowledged, Has.Count.GreaterThan(Rounds), message);
        Assert.That(pairs, Is.Not.Empty, message);
        Assert.That(there, Is.Unique, message);
        Assert.That(acknowledged.Except(there), Is.Empty, message);
        Assert.That(there.Except(acknowledged).Except(writers.SelectMany(writer => writer.Abandoned)), Is.Empty, message);

        // A document is a council with two events, or nothing.
        Assert.That(
            await TextsAsync("select c.code from directory.council c left join directory.event e on e.council_id = c.id where c.code like 'test-pair-%' group by 1 having count(e.id) <> 2"),
            Is.Empty,
            message);
        await TestContext.Out.WriteLineAsync($"{acknowledged.Count} writes acknowledged, {writers.Sum(writer => writer.Abandoned.Count)} abandoned, {writers.Sum(writer => writer.Repeated)} repeated, {there.Count} there");
    }

    private async Task TheFeedIsWholeAsync(CrashFollower follower, string message)
    {
        using var client = new Client(nodes[0].Address, null);
        await nodes[0].AnswersAsync();
        var fresh = new FeedFollower(client);
        await fresh.CatchUpAsync(1000);
        await follower.CatchUpAsync(fresh.Seen.Count);
        Assert.That(follower.Seen.Select(entry => entry.Text("cursor")), Is.EqualTo(fresh.Seen.Select(entry => entry.Text("cursor"))), message);

        var created = follower.Seen.Where(entry => entry.Text("type") == "event" && entry.Text("operation") == "created").Select(entry => entry.Text("id")).ToList();
        Assert.That(created, Is.Unique, message);
        Assert.That(created, Is.EquivalentTo(await TextsAsync("select id::text from directory.event where council_id <> directory.sandbox()")), message);
        Assert.That(await TestCluster.ScalarAsync<bool>(cluster.Administrator, "select count(*) = max(cursor) and max(cursor) = (select cursor from directory.change_head) from directory.change"), message);
    }

    private ServiceProcess Start(string address) => ServiceProcess.Start(cluster.Database, address, ("Limits__Requests", "off"), ("DOTNET_TieredPGO", "0"));

    private async Task<List<string>> TextsAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(cluster.Administrator);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> texts = [];
        while (await reader.ReadAsync())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}

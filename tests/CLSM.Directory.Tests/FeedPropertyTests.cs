using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>Whoever follows the feed while many write at random ends with what the lists say; nothing skipped, nothing repeated.</summary>
internal sealed class FeedPropertyTests : DirectoryFixture
{
    private const int Writers = 32;
    private const int WritesEach = 70;
    private const int Councils = 12;

    private static readonly string[] Territories = ["""{"type":"commune","code":"57463"}""", """{"type":"commune","code":"38185"}""", """{"type":"commune","code":"57463"},{"type":"commune","code":"38185"}"""];
    private static readonly string[] Lists = ["councils", "governance-bodies", "working-groups", "organisations", "contacts", "events"];

    [Test]
    public async Task Who_follows_while_many_write_at_random_ends_with_what_the_lists_say()
    {
        for (var number = 0; number < Councils; number++)
        {
            await CouncilAsync($"test-{number}", number);
        }

        using var writing = new CancellationTokenSource();
        var national = FollowAsync(new FeedFollower(Anonymous, "&wait=1"), 13, writing.Token);
        var restless = FollowAsync(new FeedFollower(Anonymous), 50, writing.Token);
        var regional = FollowAsync(new FeedFollower(Anonymous, "&region=44&wait=1"), 17, writing.Token);
        var regions = FollowAsync(new FeedFollower(Anonymous, "&region=44,84&type=event,contact,council&wait=1"), 29, writing.Token);
        var written = await Task.WhenAll(Enumerable.Range(0, Writers).Select(WriteAsync));
        await writing.CancelAsync();
        Assert.That(written.Sum(), Is.GreaterThan(Writers * WritesEach / 2), "most writes are done");

        var listed = await ListedAsync();
        var metz = listed.Where(resource => resource.Value.InMetz).ToDictionary(resource => resource.Key, resource => resource.Value.Version);
        var all = listed.ToDictionary(resource => resource.Key, resource => resource.Value.Version);
        Check(await national, all, "national");
        Check(await restless, all, "without waiting");
        Check(await regional, metz, "region 44");
        Check(await regions, listed.Where(resource => resource.Value.IsAnywhere && resource.Key.Split(' ')[0] is "event" or "contact" or "council")
            .Where(resource => resource.Value.IsAnywhere).ToDictionary(resource => resource.Key, resource => resource.Value.Version), "regions 44 and 84");

        // What was followed while they wrote is what the log says afterwards.
        var again = await new FeedFollower(Anonymous).CatchUpAsync(1000);
        Assert.That((await national).Select(entry => entry.Text("cursor")), Is.EqualTo(again.Select(entry => entry.Text("cursor")).ToList()));
        await TestContext.Out.WriteLineAsync($"{written.Sum()} writes, {again.Count} entries");
    }

    private static async Task<List<JsonNode>> FollowAsync(FeedFollower follower, int limit, CancellationToken writing)
    {
        do
        {
            await follower.CatchUpAsync(limit);
        }
        while (!writing.IsCancellationRequested);
        await follower.CatchUpAsync(limit);
        return follower.Seen;
    }

    /// <summary>The copy that the entries make, and that each of them follows from the one before.</summary>
    private static void Check(IReadOnlyList<JsonNode> entries, Dictionary<string, int> listed, string reader)
    {
        Assert.That(entries.Select(entry => entry.Text("cursor")), Is.Unique, reader);
        var copy = new Dictionary<string, int>();
        foreach (var entry in entries)
        {
            var (key, version) = ($"{entry.Text("type")} {entry.Text("id")}", entry["version"]!.GetValue<int>());
            switch (entry.Text("operation"))
            {
                case "created":
                    Assert.That(copy.TryAdd(key, version), Is.True, $"{reader}: created twice: {entry.ToJsonString()}");
                    break;
                case "updated":
                    Assert.That(copy.TryGetValue(key, out var before) ? before : 0, Is.EqualTo(version - 1), $"{reader}: a version between: {entry.ToJsonString()}");
                    copy[key] = version;
                    break;
                default:
                    Assert.That(copy.Remove(key), Is.True, $"{reader}: removed what was not there: {entry.ToJsonString()}");
                    break;
            }
        }

        Assert.That(copy, Is.EquivalentTo(listed), reader);
    }

    /// <summary>Everything that the public lists hold, and by whose territory it is in region 44, or in either region.</summary>
    private async Task<Dictionary<string, (int Version, bool InMetz, bool IsAnywhere)>> ListedAsync()
    {
        var found = new Dictionary<string, (int, bool, bool)>();
        var inMetz = new Dictionary<string, (bool Metz, bool Any)>();
        foreach (var list in Lists)
        {
            for (string? next = $"/v1/{list}?limit=1000"; next is not null;)
            {
                var page = (await Anonymous.GetAsync(next)).With(HttpStatusCode.OK);
                foreach (var item in page.Items)
                {
                    if (list == "councils")
                    {
                        var codes = (item!["territory"]?["parts"]?.AsArray() ?? []).Select(part => part!["code"]?.GetValue<string>()).ToList();
                        var isMetz = codes.Exists(code => code is "57463" or "200039865");
                        inMetz[item.Text("code")] = (isMetz, isMetz || codes.Contains("38185"));
                    }

                    var type = list switch { "governance-bodies" => "governance-body", _ => list[..^1] };
                    var (metz, any) = inMetz[list == "councils" ? item.Text("code") : item.Text("council")];
                    found[$"{type} {item.Text("id")}"] = (item!["version"]!.GetValue<int>(), metz, any);
                }

                next = page.Headers.TryGetValue("Link", out var link) ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
            }
        }

        return found;
    }

    private readonly ConcurrentDictionary<string, string> parts = new();

    /// <summary>One writer: what it does is drawn from its own seed, when it does it is drawn by the machine.</summary>
    private async Task<int> WriteAsync(int writer)
    {
        var random = new Random(20261122 + writer);
        var own = new Stack<string>();
        var done = 0;
        for (var number = 0; number < WritesEach; number++)
        {
            var council = $"test-{random.Next(Councils)}";
            var mine = parts.Keys.OrderBy(_ => random.Next()).FirstOrDefault();
            var answer = random.Next(20) switch
            {
                < 7 => await CreateAsync(council, $"test-{writer}-{number}", random),
                < 12 when mine is not null => await Administrator.PatchAsync(mine, mine.Contains("contacts", StringComparison.Ordinal) ? $$"""{"label":"test-{{writer}}-{{number}}"}""" : $$"""{"name":"test-{{writer}}-{{number}}"}""", "*"),
                < 14 when mine is not null && mine.Contains("contacts", StringComparison.Ordinal) => await Administrator.PatchAsync(mine, $$"""{"visibility":"{{(random.Next(2) == 0 ? "public" : "council")}}"}""", "*"),
                < 16 when mine is not null => await Administrator.DeleteAsync(mine, "*"),
                < 18 => await Administrator.PatchAsync($"/v1/councils/{council}", $$"""{"territory":{"parts":[{{Territories[random.Next(Territories.Length)]}}]} }""", "*"),
                18 when own.TryPop(out var removed) => await Administrator.DeleteAsync($"/v1/councils/{removed}?reason=error", "*"),
                _ => await OwnCouncilAsync($"test-{writer}-own-{number}"),
            };
            Assert.That((int)answer.Status, Is.LessThan(300).Or.EqualTo(404).Or.EqualTo(410).Or.EqualTo(409), answer.Body);
            done += (int)answer.Status < 300 ? 1 : 0;
        }

        return done;

        Task<Answer> OwnCouncilAsync(string code)
        {
            own.Push(code);
            return CouncilAsync(code, writer);
        }
    }

    private async Task<Answer> CreateAsync(string council, string name, Random random)
    {
        var sample = PartSample.All[random.Next(PartSample.All.Length)];
        var json = sample.Renamed(name);
        var answer = await Administrator.PostAsync($"/v1/councils/{council}/{sample.Path}", random.Next(2) == 0 ? json.Replace("\"public\"", "\"council\"", StringComparison.Ordinal) : json);
        if (answer.Status == HttpStatusCode.Created)
        {
            parts[answer.Headers["Location"]] = name;
        }

        return answer;
    }

    private Task<Answer> CouncilAsync(string code, int number) => Administrator.PutAsync(
        $"/v1/councils/{code}/document",
        $$"""
        {"code":"{{code}}","kind":"clsm","name":"x","status":"active","territory":{"parts":[{{Territories[number % Territories.Length]}}]},
         "events":[{"name":"test-0001","kind":"sism"},{"name":"test-0002","kind":"sism"}]}
        """,
        null);
}

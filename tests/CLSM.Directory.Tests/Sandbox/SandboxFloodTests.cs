using System.Diagnostics;
using System.Net;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests.Sandbox;

/// <summary>The sandbox flooded with writes: its own limits hold, and others notice nothing.</summary>
internal sealed class SandboxFloodTests : DirectoryFixture
{
    // Windows of an hour: no bucket fills while a test runs.
    protected override IReadOnlyList<string> Settings =>
    [
        "--Limits:Sandbox:Requests", "60", "--Limits:Sandbox:Seconds", "3600",
        "--Limits:SandboxOfAll:Requests", "200", "--Limits:SandboxOfAll:Seconds", "3600",
        "--Limits:TrustedProxies", "127.0.0.1",
        "--Sandbox:MostRows", "30", "--Sandbox:MostBytes", "100000",
    ];

    [Test]
    public async Task Who_floods_it_is_refused_and_nobody_else_waits()
    {
        // Compiled once, so that nobody waits for that.
        (await Grenoble.PatchAsync("/v1/councils/grenoble", """{"status":"active"}""", "*")).With(HttpStatusCode.OK);
        var tag = (await Anonymous.GetAsync("/v1/councils")).With(HttpStatusCode.OK).ETag;
        var flood = Task.WhenAll(Enumerable.Range(0, 150).Select(number => WriteAsync(number, "203.0.113.1")));
        var slowest = TimeSpan.Zero;
        var reads = 0;
        do
        {
            var watch = Stopwatch.StartNew();
            Assert.That((await Anonymous.GetAsync("/v1/councils")).With(HttpStatusCode.OK).ETag, Is.EqualTo(tag));
            (await Grenoble.PatchAsync("/v1/councils/grenoble", """{"status":"active"}""", "*")).With(HttpStatusCode.OK);
            slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;

            // Nor is who plays there from elsewhere locked out.
            (await WriteAsync(reads++, "203.0.113.2")).With(HttpStatusCode.Created, HttpStatusCode.Conflict);
        }
        while (!flood.IsCompleted && reads < 40);

        var answers = (await flood).GroupBy(answer => (answer.Status, Code: answer.Status == HttpStatusCode.Created ? "" : answer.Problem)).ToDictionary(group => group.Key, group => group.Count());
        await TestContext.Out.WriteLineAsync($"{string.Join(", ", answers.Select(pair => $"{pair.Value} × {(int)pair.Key.Status} {pair.Key.Code}"))}; {reads} rounds of others meanwhile, the slowest {slowest.TotalMilliseconds:0} ms");
        Assert.That(answers[(HttpStatusCode.TooManyRequests, "too-many-requests")], Is.EqualTo(90), "sixty for this address");
        Assert.That(answers.GetValueOrDefault((HttpStatusCode.Created, "")), Is.LessThanOrEqualTo(30));
        Assert.That(slowest, Is.LessThan(TimeSpan.FromSeconds(5)));

        // Many addresses together are counted too.
        var last = await WriteAsync(0, "203.0.113.100");
        for (var address = 0; address < 20 && last.Status != HttpStatusCode.TooManyRequests; address++)
        {
            for (var number = 0; number < 20 && last.Status != HttpStatusCode.TooManyRequests; number++)
            {
                last = await Player.GetAsync("/v1/councils/sandbox", ("X-Forwarded-For", $"203.0.113.{120 + address}"));
            }
        }

        last.With(HttpStatusCode.TooManyRequests);
        Assert.That(last.Problem, Is.EqualTo("too-many-requests"));
        Assert.That(last.Headers, Contains.Key("Retry-After"));
        (await Anonymous.GetAsync("/v1/councils/sandbox", ("X-Forwarded-For", "203.0.113.100"))).With(HttpStatusCode.OK);
        (await Metz.GetAsync("/v1/councils/metz")).With(HttpStatusCode.OK);
    }

    [Test]
    public async Task A_full_sandbox_says_so_whichever_way_one_writes()
    {
        using var administrator = await WithKeyAsync("sandbox", false, "sandbox");
        for (var number = 0; number < 31; number++)
        {
            await administrator.PostAsync("/v1/councils/sandbox/events", $$"""{"name":"test-full-{{number}}","kind":"sism"}""");
        }

        var full = (await administrator.PostAsync("/v1/councils/sandbox/events", """{"name":"test-full","kind":"sism"}""")).With(HttpStatusCode.Conflict);
        Assert.That(full.Problem, Is.EqualTo("sandbox-full"));
        Assert.That(full.Json.Text("detail"), Does.Contain("30").And.Contain("100000"));
        var texts = string.Join(',', Enumerable.Range(0, 24).Select(_ => $$"""{"text":"{{new string('x', 4900)}}"}"""));
        Assert.That((await administrator.PatchAsync("/v1/councils/sandbox", $$"""{"objectives":[{{texts}}]}""", "*")).With(HttpStatusCode.Conflict).Problem, Is.EqualTo("sandbox-full"));
        var sheet = $$"""{"id":"sandbox","nom":"Conseil fictif","sources":[],"evenements":[{{string.Join(',', Enumerable.Range(0, 31).Select(number => $"\"Journée fictive {number}\""))}}]}""";
        var report = (await administrator.SendAsync(HttpMethod.Post, "/v1/imports", Client.Json(sheet, "application/x-ndjson"))).With(HttpStatusCode.OK).Json;
        Assert.That(report["items"]![0]!["problems"]!.AsArray().Select(problem => problem.Text("code")), Does.Contain("sandbox-full"));
        (await Metz.PostAsync("/v1/councils/metz/events", """{"name":"test-0001","kind":"sism"}""")).With(HttpStatusCode.Created);
    }

    private Task<Answer> WriteAsync(int number, string address) =>
        Player.SendAsync(HttpMethod.Post, "/v1/councils/sandbox/events", Client.Json($$"""{"name":"test-{{address}}-{{number}}","kind":"sism"}"""), ("X-Forwarded-For", address));
}

/// <summary>A sandbox that its operator has closed.</summary>
internal sealed class ClosedSandboxTests : DirectoryFixture
{
    protected override IReadOnlyList<string> Settings => ["--Limits:Requests", "off", "--Sandbox:Open", "false"];

    [Test]
    public async Task The_public_key_is_none()
    {
        (await Player.GetAsync("/v1/councils/sandbox")).With(HttpStatusCode.Unauthorized);
        (await Anonymous.GetAsync("/v1/councils/sandbox")).With(HttpStatusCode.OK);
    }
}

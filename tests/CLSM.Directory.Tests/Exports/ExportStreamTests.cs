using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using CLSM.Directory.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Npgsql;

namespace CLSM.Directory.Tests.Exports;

/// <summary>Exports that are larger than every buffer on their way: their memory, their end, and whoever breaks them off.</summary>
internal sealed class ExportStreamTests : DirectoryFixture
{
    private const int Rows = 8_000;
    private const int MegabytesMade = 60;
    private const string Large = "/v1/exports/working-groups.ndjson";

    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(30);

    private HttpClient http = null!;

    [OneTimeSetUp]
    public async Task MakeAsync()
    {
        http = new HttpClient { BaseAddress = new Uri(Service.Urls.First()), Timeout = TimeSpan.FromMinutes(2) };

        // Without triggers: nobody reads what changed, and there is much.
        await TestCluster.ExecuteAsync(
            TestCluster.AdministratorOf(Database),
            $$"""
            set session_replication_role = replica;
            insert into directory.working_group (council_id, id, natural_key, statement)
            select c.id, gen_random_uuid(), 'test-' || n, jsonb_build_object('kind', 'group', 'name', 'test-' || n, 'purpose', repeat(md5(n::text), 250))
            from generate_series(1, {{Rows}}) n, directory.council c where c.code = 'metz'
            """);
    }

    [OneTimeTearDown]
    public void Close() => http.Dispose();

    [TestCase("json")]
    [TestCase("ndjson")]
    [TestCase("csv")]
    [TestCase("xlsx")]
    public async Task The_memory_of_an_export_does_not_grow_with_it(string format)
    {
        // What the first answer of a kind leaves behind for the next (plans, pooled buffers) is not of this one.
        _ = (await http.GetAsync($"/v1/exports/working-groups.{format}?council=grenoble")).EnsureSuccessStatusCode();
        using var answer = await http.GetAsync($"/v1/exports/working-groups.{format}", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[256 * 1024];
        var (total, before, most) = (0L, 0L, 0L);
        for (var (read, next) = (1, 0L); read > 0; total += read)
        {
            read = await body.ReadAsync(buffer);
            if (total >= next)
            {
                var used = GC.GetTotalMemory(forceFullCollection: true);
                (before, most) = (before == 0 ? used : before, Math.Max(most, used));
                next = total + (format == "xlsx" ? 1_000_000 : 8_000_000);
            }
        }

        Assert.That(total, Is.GreaterThan(format == "xlsx" ? 1_000_000 : MegabytesMade * 1_000_000L));
        TestContext.Out.WriteLine($"{format}: {total:N0} bytes, {(most - before) / 1024:N0} KiB at most over the beginning");
        Assert.That(most - before, Is.LessThan(MegabytesMade * 1_000_000L / 4), "an export that is held, even in part, is held many times over as text");
    }

    [TestCase("working-groups.json", null)]
    [TestCase("working-groups.ndjson", null)]
    [TestCase("working-groups.csv", null)]
    [TestCase("working-groups.xlsx", null)]
    [TestCase("working-groups.ndjson", "gzip")]
    public async Task An_export_whose_database_fails_on_the_way_breaks_off(string export, string? encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/exports/{export}");
        if (encoding is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        }

        // Compressed, all of it would fit into the buffers on its way.
        await using var gate = encoding is not null || export.EndsWith("xlsx", StringComparison.Ordinal) ? await GateAsync() : null;
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await using var body = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[1024];
        Assert.That(await body.ReadAsync(buffer), Is.GreaterThan(0));
        await UntilAsync(1);
        await TestCluster.ExecuteAsync(TestCluster.AdministratorOf(Database), $"select pg_terminate_backend(pid) from ({Running()}) x");
        await Assert.CatchAsync<IOException>(async () =>
        {
            while (await body.ReadAsync(buffer) > 0)
            {
            }
        });
    }

    [Test]
    public async Task What_fails_before_the_first_row_is_a_problem()
    {
        await using var gate = await GateAsync(atOnce: true);
        var answer = Anonymous.GetAsync(Large);
        await UntilAsync(1);
        await TestCluster.ExecuteAsync(TestCluster.AdministratorOf(Database), $"select pg_terminate_backend(pid) from ({Running()}) x");
        var problem = (await answer).With(HttpStatusCode.ServiceUnavailable);
        Assert.That(problem.Problem, Is.EqualTo("unavailable"));
        Assert.That(problem.Headers, Does.Not.ContainKey("Content-Disposition").And.Not.ContainKey("Changes-Cursor"));
    }

    [Test]
    public async Task A_client_that_goes_stops_the_statement()
    {
        using (var client = await AskAsync(Large))
        {
            var buffer = new byte[4096];
            Assert.That(await client.GetStream().ReadAsync(buffer), Is.GreaterThan(0));
            Assert.That(Encoding.ASCII.GetString(buffer), Does.StartWith("HTTP/1.1 200"));
            await UntilAsync(1);
        }

        await UntilAsync(0);
    }

    /// <summary>The last row takes ten minutes: who read the rest only to throw it away would still be at it.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public async Task A_client_that_goes_stops_a_statement_that_would_go_on_for_long(bool atOnce)
    {
        await using var gate = await GateAsync(atOnce);
        using (var client = await AskAsync(Large))
        {
            await UntilAsync(1);
        }

        await UntilAsync(0);
    }

    [Test]
    public async Task Only_so_many_exports_run_at_once()
    {
        using var first = await AskAsync(Large);
        using (var second = await AskAsync(Large))
        {
            await UntilAsync(2);
            var refused = (await Anonymous.GetAsync("/v1/exports/events.json")).With(HttpStatusCode.ServiceUnavailable);
            Assert.That(refused.Problem, Is.EqualTo("too-many-exports"));
            Assert.That(refused.Headers["Retry-After"], Is.EqualTo("20"));
            var head = (await Anonymous.SendAsync(HttpMethod.Head, "/v1/exports/events.json", null)).With(HttpStatusCode.OK);
            (await Anonymous.GetAsync("/v1/exports/events.json", ("If-None-Match", head.ETag))).With(HttpStatusCode.NotModified);
            (await Anonymous.GetAsync("/v1/events")).With(HttpStatusCode.OK);
        }

        await UntilAsync(1);
        await WithinAsync(async () => (await Anonymous.GetAsync("/v1/exports/events.json")).Status == HttpStatusCode.OK);
    }

    [Test]
    public async Task An_export_is_of_one_instant_and_the_feed_goes_on_from_it_exactly()
    {
        using var answer = await http.GetAsync(Large, HttpCompletionOption.ResponseHeadersRead);
        var cursor = answer.Headers.GetValues("Changes-Cursor").Single();

        // While it is under way: one is added, one changed, one removed.
        var there = (await Anonymous.GetAsync("/v1/councils/metz/working-groups?limit=2&sort=name")).Items;
        var added = (await Metz.PostAsync("/v1/councils/metz/working-groups", """{"kind":"group","name":"test-added"}""")).With(HttpStatusCode.Created).Json.Text("id");
        var changed = there[0].Text("id");
        var removed = there[1].Text("id");
        (await Metz.PatchAsync($"/v1/councils/metz/working-groups/{changed}", """{"name":"test-changed"}""", "*")).With(HttpStatusCode.OK);
        (await Metz.DeleteAsync($"/v1/councils/metz/working-groups/{removed}", "*")).With(HttpStatusCode.NoContent);

        var copy = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!).ToDictionary(item => item.Text("id"), item => item.Text("name"));
        Assert.That(copy, Does.Not.ContainKey(added).And.ContainKey(removed));
        Assert.That(copy[changed], Is.Not.EqualTo("test-changed"));

        await FollowAsync(copy, cursor);
        Assert.That(copy, Does.ContainKey(added).And.Not.ContainKey(removed));
        Assert.That(copy[changed], Is.EqualTo("test-changed"));
        Assert.That(copy, Is.EquivalentTo(await NowAsync()));
    }

    [Test]
    public async Task Export_then_follow_is_exact_while_many_write()
    {
        using var end = new CancellationTokenSource();
        var writers = Enumerable.Range(1, 8).Select(writer => WriteAsync(writer, end.Token)).ToList();
        for (var round = 0; round < 5; round++)
        {
            var export = (await Anonymous.GetAsync("/v1/exports/events.json")).With(HttpStatusCode.OK);
            var copy = export.Items.ToDictionary(item => item.Text("id"), item => item.Text("name"));
            Assert.That(export.Json.Text("changesCursor"), Is.EqualTo(export.Headers["Changes-Cursor"]));
            if (round == 4)
            {
                await end.CancelAsync();
                await Task.WhenAll(writers);
            }

            await FollowAsync(copy, export.Json.Text("changesCursor"), "event");
            if (round == 4)
            {
                Assert.That(copy, Is.EquivalentTo((await ExportFiles.ListAsync(Anonymous, "/v1/events")).ToDictionary(item => item.Text("id"), item => item.Text("name"))));
            }
        }
    }

    protected override void Adjust(WebApplicationBuilder builder)
    {
        base.Adjust(builder);
        builder.Configuration["Exports:MostAtOnce"] = "2";
    }

    private async Task WriteAsync(int writer, CancellationToken end)
    {
        var random = new Random(writer);
        var mine = new List<string>();
        while (!end.IsCancellationRequested)
        {
            if (mine.Count < 3 || random.Next(2) == 0)
            {
                mine.Add((await Metz.PostAsync("/v1/councils/metz/events", $$"""{"name":"test-{{writer}}-{{random.Next()}}","kind":"sism"}""")).With(HttpStatusCode.Created).Headers["Location"]);
            }
            else if (random.Next(2) == 0)
            {
                (await Metz.PatchAsync(mine[random.Next(mine.Count)], $$"""{"name":"test-{{writer}}-{{random.Next()}}"}""", "*")).With(HttpStatusCode.OK);
            }
            else
            {
                (await Metz.DeleteAsync(mine[0], "*")).With(HttpStatusCode.NoContent);
                mine.RemoveAt(0);
            }
        }
    }

    private async Task FollowAsync(Dictionary<string, string> copy, string cursor, string type = "working-group")
    {
        for (var after = cursor; after is not null;)
        {
            var page = (await Anonymous.GetAsync($"/v1/changes?type={type}&limit=1000&after={after}")).With(HttpStatusCode.OK);
            foreach (var change in page.Items)
            {
                var read = change!["href"] is { } href ? await Anonymous.GetAsync(href.GetValue<string>()) : null;
                if (read?.Status == HttpStatusCode.OK)
                {
                    copy[change.Text("id")] = read.Json.Text("name");
                }
                else
                {
                    copy.Remove(change.Text("id"));
                }
            }

            after = page.Json["page"]!["next"]?.GetValue<string>();
        }
    }

    private async Task<Dictionary<string, string>> NowAsync() =>
        (await http.GetStringAsync(Large)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!).ToDictionary(item => item.Text("id"), item => item.Text("name"));

    /// <summary>An export asked for by a client that reads nothing by itself.</summary>
    private async Task<TcpClient> AskAsync(string path)
    {
        var address = new Uri(Service.Urls.First());
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n"));
        return client;
    }

    /// <summary>Groups that PostgreSQL does not get past: the last one, or any.</summary>
    private async Task<IAsyncDisposable> GateAsync(bool atOnce = false)
    {
        var administrator = TestCluster.AdministratorOf(Database);
        var view = await TestCluster.ScalarAsync<string>(administrator, "select rtrim(pg_get_viewdef('published.working_group'::regclass), ';')");
        var passing = atOnce ? "" : "v.id <> 'ffffffff-ffff-7fff-bfff-ffffffffffff' or ";
        await TestCluster.ExecuteAsync(
            administrator,
            $$"""
            insert into directory.working_group (council_id, id, natural_key, statement)
            select c.id, 'ffffffff-ffff-7fff-bfff-ffffffffffff', 'test-gate', '{"kind":"group","name":"test-gate"}' from directory.council c where c.code = 'metz';
            create or replace view published.working_group as select v.* from ({{view}}) v where {{passing}}pg_sleep(600)::text = ''
            """);
        return new Gate(() => TestCluster.ExecuteAsync(
            administrator, $"create or replace view published.working_group as {view}; delete from directory.working_group where natural_key = 'test-gate'"));
    }

    private string Running() =>
        $"""
        select pid from pg_stat_activity
        where usename = 'clsm_reader' and state = 'active' and datname = '{new NpgsqlConnectionStringBuilder(Database.Owner).Database}'
          and (query like '%working_group%' or query like '%document_of%')
        """;

    private Task UntilAsync(int running) => WithinAsync(async () =>
        await TestCluster.ScalarAsync<long>(TestCluster.AdministratorOf(Database), $"select count(*) from ({Running()}) x") == running);

    private static async Task WithinAsync(Func<Task<bool>> condition)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.That(TimeProvider.System.GetElapsedTime(begin), Is.LessThan(Enough));
        }
    }

    private sealed class Gate(Func<Task> open) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await open();
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CLSM.Directory.Api.Security;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>The service as a process of its own, killed while it writes.</summary>
internal sealed class CrashTests : DirectoryFixture
{
    private const int Rounds = 5;
    private const int Writers = 8;

    [Test]
    public async Task After_a_kill_every_acknowledged_write_is_there_once_and_no_half_one()
    {
        var (_, key) = await Keys.CreateAsync("crash", true, [], null, CancellationToken.None);
        (await Administrator.PostAsync("/v1/councils", """{"code":"test-crash","kind":"clsm","name":"x","status":"active"}""")).With(HttpStatusCode.Created);
        var acknowledged = new ConcurrentBag<string>();
        var random = new Random(20261122);
        for (var round = 0; round < Rounds; round++)
        {
            await KillWhileWritingAsync(round, key, acknowledged, random.Next(5, 40));
        }

        var there = (await Administrator.GetAsync("/v1/councils/test-crash/events?limit=1000")).Items.Select(item => item.Text("name")).ToList();
        Assert.That(acknowledged, Is.Not.Empty);
        Assert.That(there, Is.Unique);
        Assert.That(acknowledged, Is.SubsetOf(there));

        // Each write of a document is two events or none.
        var halves = there.Where(name => name.StartsWith("pair", StringComparison.Ordinal)).GroupBy(name => name[..^2]).Where(pair => pair.Count() != 2);
        Assert.That(halves, Is.Empty);
        var administrator = TestCluster.AdministratorOf(Database);
        Assert.That(
            await TestCluster.ScalarAsync<long>(administrator, "select count(distinct id) from directory.change where type = 'event' and council_code = 'test-crash' and operation = 'created'"),
            Is.EqualTo(there.Count));
        Assert.That(await TestCluster.ScalarAsync<long>(administrator, "select count(*) - max(cursor) from directory.change"), Is.Zero);
    }

    /// <summary>Starts the service, lets writers write until so many writes are acknowledged, and kills it.</summary>
    private async Task KillWhileWritingAsync(int round, string key, ConcurrentBag<string> acknowledged, int enough)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        using var process = Start(address);
        try
        {
            using var client = new Client(address, key);
            await ReadyAsync(client, process);
            var before = acknowledged.Count;
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(client, $"{round}-{writer}", acknowledged, () =>
            {
                if (acknowledged.Count - before >= enough)
                {
                    process.Kill();
                }
            })));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task WriteAsync(Client client, string writer, ConcurrentBag<string> acknowledged, Action written)
    {
        for (var number = 0; ; number++)
        {
            var name = $"test-{writer}-{number}";
            try
            {
                var answer = await client.PostAsync("/v1/councils/test-crash/events", $$"""{"name":"{{name}}","kind":"sism"}""");
                if (answer.Status == HttpStatusCode.Created)
                {
                    acknowledged.Add(name);
                }
            }
            catch (HttpRequestException)
            {
                return;
            }

            written();
        }
    }

    private Process Start(string address)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ApiKeyRegister).Assembly.Location, "serve", "--urls", address])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__Owner"] = Database.Owner;
        start.Environment["ConnectionStrings__Service"] = Database.Service;
        start.Environment["ConnectionStrings__Reader"] = Database.Reader;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task ReadyAsync(Client client, Process process)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            Assert.That(process.HasExited, Is.False, "the service ended by itself");
            try
            {
                (await client.GetAsync("/health/ready")).With(HttpStatusCode.OK);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20, limit.Token);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

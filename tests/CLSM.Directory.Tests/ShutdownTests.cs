using System.Net;
using System.Net.Sockets;
using CLSM.Directory.Tests.Hosting;
using Npgsql;

namespace CLSM.Directory.Tests;

/// <summary>SIGTERM while requests are under way: each is brought to its end, and no new one is begun.</summary>
internal sealed class ShutdownTests : DirectoryFixture
{
    private const string Events = "/v1/councils/metz/events";

    [Test]
    public async Task What_was_begun_is_answered_and_nothing_new_is_begun()
    {
        await using var node = ServiceProcess.Start(Database, ServiceProcess.FreeAddress(), ("Limits__Anonymous__Seconds", "36000"));
        await node.AnswersAsync();
        using var anonymous = new Client(node.Address, null);
        using var writer = await WriterAsync(node);
        var follower = await FeedFollower.FromNowAsync(anonymous);
        await using var holder = await HoldEventsAsync();

        using var stream = await EventStream.OpenAsync(node.Address, $"/v1/changes?after={follower.After}");
        var write = writer.PostAsync(Events, """{"name":"test-last","kind":"sism"}""");
        var export = anonymous.GetAsync("/v1/exports/events.json");
        var wait = follower.WaitAsync();
        await UntilAsync(async () => await WaitingAsync() == 2);
        await UntilAsync(async () => await TakenAsync(anonymous, node));

        node.TellToStop();
        await UntilAsync(() => RefusesAsync(node));
        Assert.That((await wait.WaitAsync(TimeSpan.FromSeconds(10))).With(HttpStatusCode.OK).Items, Is.Empty);
        await stream.EndAsync();
        Assert.That((write.IsCompleted, export.IsCompleted, node.HasEnded), Is.EqualTo((false, false, false)));

        await holder.DisposeAsync();
        var written = (await write).With(HttpStatusCode.Created);
        Assert.That(written.Headers["Connection"], Is.EqualTo("close"));
        Assert.That((await export).With(HttpStatusCode.OK).Json["total"], Is.Not.Null);
        await node.EndsAsync(TimeSpan.FromSeconds(20));
        Assert.That((await Anonymous.GetAsync(Events)).Body, Does.Contain("test-last"));
    }

    [Test]
    public async Task It_takes_no_longer_than_it_may_and_leaves_no_half_write()
    {
        await using var node = ServiceProcess.Start(Database, ServiceProcess.FreeAddress(), ("DOTNET_SHUTDOWNTIMEOUTSECONDS", "1"));
        await node.AnswersAsync();
        using var writer = await WriterAsync(node);
        await using var holder = await HoldEventsAsync();
        var write = writer.PostAsync(Events, """{"name":"test-cut","kind":"sism"}""");
        await UntilAsync(async () => await WaitingAsync() == 1);
        node.TellToStop();
        await Assert.ThatAsync(() => write, Throws.InstanceOf<HttpRequestException>());
        await node.EndsAsync(TimeSpan.FromSeconds(20));
        await holder.DisposeAsync();
        Assert.That((await Anonymous.GetAsync(Events)).With(HttpStatusCode.OK).Body, Does.Not.Contain("test-cut"));
    }

    private async Task<Client> WriterAsync(ServiceProcess node) =>
        new(node.Address, (await Keys.CreateAsync("shutdown", true, [], null, CancellationToken.None)).Secret);

    /// <summary>Nobody reads or writes events until it is disposed of.</summary>
    private async Task<NpgsqlConnection> HoldEventsAsync()
    {
        var holder = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(TestCluster.AdministratorOf(Database)) { Pooling = false }.ConnectionString);
        await holder.OpenAsync();
        await using var hold = new NpgsqlCommand("begin; lock table directory.event in access exclusive mode", holder);
        await hold.ExecuteNonQueryAsync();
        return holder;
    }

    private Task<long> WaitingAsync() => TestCluster.ScalarAsync<long>(
        TestCluster.AdministratorOf(Database), "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");

    /// <summary>Whether all requests so far have been counted, and so begun: latest, stream, export and wait, and each that asks this.</summary>
    private async Task<bool> TakenAsync(Client client, ServiceProcess node)
    {
        asked++;
        var answer = await client.GetAsync("/v1/vocabularies");
        Assert.That(node.HasEnded, Is.False);
        return answer.Headers["RateLimit"].Contains($";r={1200 - 4 - asked};", StringComparison.Ordinal);
    }

    private int asked;

    private static async Task<bool> RefusesAsync(ServiceProcess node)
    {
        using var socket = new TcpClient();
        var address = new Uri(node.Address);
        try
        {
            await socket.ConnectAsync(address.Host, address.Port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await condition())
        {
            await Task.Delay(10, limit.Token);
        }
    }
}

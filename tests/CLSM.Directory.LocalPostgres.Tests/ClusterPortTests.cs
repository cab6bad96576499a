using System.Net;
using System.Net.Sockets;
using CLSM.Directory.LocalPostgres.DataDirectories;
using CLSM.Directory.LocalPostgres.Processes;
using CLSM.Directory.LocalPostgres.Providers;
using CLSM.Directory.LocalPostgres.Servers;
using Npgsql;

namespace CLSM.Directory.LocalPostgres.Tests;

[TestFixture]
// Another test that starts a server could take the port that one of these has just given back.
[NonParallelizable]
internal sealed class ClusterPortTests
{
    [Test]
    public async Task A_cluster_listens_on_the_same_port_again()
    {
        var options = await SeedCluster.CopyAsync();
        var first = await LocalCluster.StartAsync(options, default);
        await first.DisposeAsync();
        await using var second = await LocalCluster.StartAsync(options, default);

        Assert.That(second.AdministrationConnectionString, Is.EqualTo(first.AdministrationConnectionString));
    }

    [Test]
    public async Task A_port_that_somebody_else_has_taken_is_left_to_them()
    {
        var options = await SeedCluster.CopyAsync();
        var first = await LocalCluster.StartAsync(options, default);
        await first.DisposeAsync();
        using var somebody = new TcpListener(IPAddress.Loopback, PortOf(first));
        somebody.Start();

        await using var second = await LocalCluster.StartAsync(options, default);

        Assert.That(PortOf(second), Is.Not.EqualTo(PortOf(first)));
    }

    [Test]
    public async Task A_port_that_is_taken_between_choosing_and_starting_is_chosen_again()
    {
        using var somebody = new TcpListener(IPAddress.Loopback, 0);
        using var gone = new TcpListener(IPAddress.Loopback, 0);
        somebody.Start();
        gone.Start();
        var ports = new Queue<int>([((IPEndPoint)somebody.LocalEndpoint).Port, ((IPEndPoint)gone.LocalEndpoint).Port]);
        var wanted = ports.Last();
        gone.Stop();
        using var cluster = ClusterDirectory.Persistent((await SeedCluster.CopyAsync()).Directory!);
        var programs = (ServerPrograms)await ProviderChain.Default()
            .ChooseAsync(ServerRequirements.For(cluster, _ => { }), cluster.Root, default);
        var start = new ServerStarter(
            ProgramPath.In(programs.Directory, "pg_ctl"), await ServerAccount.ChooseAsync(default), cluster, durable: false, ports.Dequeue);

        var record = await start.RunAsync(cluster.ReadConnection()! with { Port = 0 }, default);

        Assert.That(record.Port, Is.EqualTo(wanted));
        await RunningServers.StopAsync(cluster, orderly: false, default);
    }

    private static int PortOf(LocalCluster cluster) => new NpgsqlConnectionStringBuilder(cluster.AdministrationConnectionString).Port;
}

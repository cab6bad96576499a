using System.Diagnostics;
using CLSM.Directory.Api;
using CLSM.Directory.Api.CommandLine;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Features.Imports;
using CLSM.Directory.LocalPostgres;
using CLSM.Directory.LocalPostgres.DataDirectories;
using CLSM.Directory.LocalPostgres.Processes;
using CLSM.Directory.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Folder = System.IO.Directory;

namespace CLSM.Directory.Tests.Hosting;

/// <summary>A PostgreSQL that a test may stop, kill and start again, always at the same address.</summary>
internal sealed class PrivateCluster : IAsyncDisposable
{
    private readonly LocalClusterOptions options;
    private LocalCluster cluster;

    private PrivateCluster(LocalClusterOptions options, LocalCluster cluster) => (this.options, this.cluster) = (options, cluster);

    public DirectoryDatabase Database { get; private set; } = null!;

    // Unpooled: a connection from before a kill would be handed out after it.
    public string Administrator =>
        new NpgsqlConnectionStringBuilder(TestCluster.AdministratorOf(Database, cluster.AdministrationConnectionString)) { Pooling = false }.ConnectionString;

    /// <summary>With Metz and Grenoble in it.</summary>
    public static async Task<PrivateCluster> StartAsync()
    {
        var root = Path.Combine(UserDirectories.Temporary, "clsm-private-cluster-" + Path.GetRandomFileName());
        FilePermissions.CreateReadableDirectory(root);

        // Without fsync: what a killed process has written, the system still has. Only a machine that falls would lose it.
        var options = new LocalClusterOptions { Directory = Path.Combine(root, "home"), Durable = false };
        var started = new PrivateCluster(options, await LocalCluster.StartAsync(options, CancellationToken.None));
        started.Database = await DirectoryDatabase.PrepareAsync(started.cluster.AdministrationConnectionString, "clsm_directory", CancellationToken.None);
        await DatabaseConnector.MigrateAsync(started.Database, CancellationToken.None);
        await using var service = DirectoryApplication.Build(started.Database, []);
        await service.Services.GetRequiredService<Seeds>().LoadDocumentsAsync(CancellationToken.None);

        // Not so for commits that wait in the server's own memory, which it acknowledges all the same where this is off.
        await TestCluster.ExecuteAsync(started.Administrator, "alter database clsm_directory set synchronous_commit = on");
        return started;
    }

    /// <summary>All its processes end at once, without a word to anybody.</summary>
    public Task KillAsync() => EndAsync(Unix.Kill);

    /// <summary>PostgreSQL's own immediate shutdown, as <c>pg_ctl stop -m immediate</c>.</summary>
    public Task StopAsync() => EndAsync(Unix.Quit);

    public async Task StartAgainAsync()
    {
        var address = Administrator;
        cluster = await LocalCluster.StartAsync(options, CancellationToken.None);
        Assert.That(Administrator, Is.EqualTo(address), "the cluster came back elsewhere");
    }

    public async ValueTask DisposeAsync()
    {
        await using (var again = cluster)
        {
        }

        NpgsqlConnection.ClearAllPools();
        Folder.Delete(Path.GetDirectoryName(options.Directory)!, recursive: true);
    }

    private async Task EndAsync(int signal)
    {
        var server = cluster.ServerProcessId!.Value;
        Unix.Signal(server, signal);
        var waited = Stopwatch.StartNew();
        while (PostgresProcess.IsRunning(server))
        {
            Assert.That(waited.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)), "PostgreSQL does not end");
            await Task.Delay(1);
        }

        cluster.Abandon();
    }
}

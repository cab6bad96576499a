using CLSM.Directory.LocalPostgres.DataDirectories;
using CLSM.Directory.LocalPostgres.Errors;
using CLSM.Directory.LocalPostgres.Providers;
using CLSM.Directory.LocalPostgres.Servers;

namespace CLSM.Directory.LocalPostgres;

/// <summary>
/// A private PostgreSQL server for a developer or a test run. The process that locks its directory owns the server and
/// stops it; other processes connect to it. When an owner was killed, the next process adopts its server.
/// </summary>
public sealed class LocalCluster : IAsyncDisposable
{
    private readonly IRunningServer server;
    private ClusterDirectory? ownedDirectory;

    private LocalCluster(IRunningServer server, ClusterDirectory? owned, bool isNew) =>
        (this.server, ownedDirectory, IsNew, IsShared) = (server, owned, isNew, owned is null);

    /// <summary>The superuser on the database "postgres". It contains the password: do not log it.</summary>
    public string AdministrationConnectionString => server.ConnectionString;

    /// <summary>Where the PostgreSQL comes from, for messages.</summary>
    public string Origin => server.Origin;

    /// <summary>True if this start created the data.</summary>
    public bool IsNew { get; }

    /// <summary>True if another process owns the server: disposing leaves it running.</summary>
    public bool IsShared { get; }

    /// <summary>The server's process id, if it is a known process of this machine.</summary>
    public int? ServerProcessId => server.ProcessId;

    /// <summary>Starts, adopts or joins the cluster that the options describe.</summary>
    /// <param name="options">Where it comes from and where it lives.</param>
    /// <param name="cancellationToken">Cancels the start and stops everything that it started.</param>
    /// <returns>A cluster that accepts connections.</returns>
    /// <exception cref="LocalPostgresException">No PostgreSQL is available; the message says what to do.</exception>
    public static Task<LocalCluster> StartAsync(LocalClusterOptions options, CancellationToken cancellationToken) =>
        StartAsync(options, ProviderChain.Default, cancellationToken);

    /// <summary>Starts a cluster with the given providers.</summary>
    internal static async Task<LocalCluster> StartAsync(
        LocalClusterOptions options,
        Func<ProviderChain> providers,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (ConfiguredServer.From(options.ConnectionString) is { } configured)
        {
            return new LocalCluster(configured, owned: null, isNew: false);
        }

        try
        {
            var start = new ClusterStarter(options, providers());
            var (running, owned, isNew) = await start.RunAsync(cancellationToken);
            return new LocalCluster(running, owned, isNew);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalPostgresException($"The local PostgreSQL cannot keep its files: {e.Message}", e);
        }
    }

    /// <summary>
    /// Stops the server if this process owns it, and removes a temporary cluster. The server of another owner keeps
    /// running.
    /// </summary>
    /// <returns>A task that completes when the server has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref ownedDirectory, null) is not { } owned)
        {
            return;
        }

        using (owned)
        {
            await server.StopAsync(orderly: !owned.IsTemporary, CancellationToken.None);
            if (owned.IsTemporary)
            {
                owned.RemoveAll();
            }
        }
    }

    /// <summary>Releases the lock and leaves the server running, as a killed process does.</summary>
    internal void Abandon() => Interlocked.Exchange(ref ownedDirectory, null)?.Dispose();
}

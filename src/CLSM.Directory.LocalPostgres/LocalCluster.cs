using CLSM.Directory.LocalPostgres.Homes;
using CLSM.Directory.LocalPostgres.Servers;
using CLSM.Directory.LocalPostgres.Ways;

namespace CLSM.Directory.LocalPostgres;

/// <summary>
/// A private PostgreSQL for a developer or for a test run. Whoever gets the lock of its directory owns it and ends it;
/// others join. An owner that was killed leaves a server which the next one takes over.
/// </summary>
public sealed class LocalCluster : IAsyncDisposable
{
    private readonly IRunningServer server;
    private ClusterHome? home;

    private LocalCluster(IRunningServer server, ClusterHome? owned, bool isNew) => (this.server, home, IsNew, IsShared) = (server, owned, isNew, owned is null);

    /// <summary>The superuser on the database "postgres". It has the password in it: do not log it.</summary>
    public string AdministrationConnectionString => server.ConnectionString;

    /// <summary>Where the PostgreSQL comes from, for the eye.</summary>
    public string Origin => server.Origin;

    /// <summary>The data were made by this start.</summary>
    public bool IsNew { get; }

    /// <summary>Somebody else looks after the server; disposing leaves it running.</summary>
    public bool IsShared { get; }

    /// <summary>The server's process, when it is one of this machine that is known.</summary>
    public int? ServerProcessId => server.ProcessId;

    /// <summary>Starts, takes over or joins the cluster the options ask for.</summary>
    /// <param name="options">Where it comes from and where it lives.</param>
    /// <param name="cancellationToken">Ends the attempt; nothing that it started is left running.</param>
    /// <returns>A cluster one can connect to.</returns>
    /// <exception cref="LocalPostgresException">There is none to be had; the message says what to do.</exception>
    public static Task<LocalCluster> StartAsync(LocalClusterOptions options, CancellationToken cancellationToken) =>
        StartAsync(options, WayChain.Default, cancellationToken);

    /// <summary>The same with a chain of the caller's.</summary>
    internal static async Task<LocalCluster> StartAsync(LocalClusterOptions options, Func<WayChain> chain, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (ConfiguredServer.From(options) is { } configured)
        {
            return new LocalCluster(configured, owned: null, isNew: false);
        }

        try
        {
            var start = new ClusterStart(options, chain());
            var (running, owned, isNew) = await start.RunAsync(cancellationToken);
            return new LocalCluster(running, owned, isNew);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalPostgresException($"The local PostgreSQL cannot keep its files: {e.Message}", e);
        }
    }

    /// <summary>
    /// Ends the server if this process owns it, in good order; a throw-away cluster is removed. A cluster of somebody
    /// else is left as it is.
    /// </summary>
    /// <returns>A task that ends when the server has ended.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref home, null) is not { } owned)
        {
            return;
        }

        using (owned)
        {
            await server.StopAsync(orderly: !owned.IsThrowAway, CancellationToken.None);
            if (owned.IsThrowAway)
            {
                owned.RemoveAll();
            }
        }
    }

    /// <summary>Lets go of everything but the server, as a killed process does.</summary>
    internal void Abandon() => Interlocked.Exchange(ref home, null)?.Dispose();
}

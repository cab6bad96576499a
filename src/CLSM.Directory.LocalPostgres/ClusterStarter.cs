using System.Diagnostics;
using CLSM.Directory.LocalPostgres.DataDirectories;
using CLSM.Directory.LocalPostgres.Errors;
using CLSM.Directory.LocalPostgres.Providers;
using CLSM.Directory.LocalPostgres.Servers;

namespace CLSM.Directory.LocalPostgres;

/// <summary>Runs a cluster. The process that gets the lock adopts or starts the server; other processes connect to it.</summary>
internal sealed class ClusterStarter(LocalClusterOptions options, ProviderChain providers)
{
    private static readonly TimeSpan JoinTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Returns the server, and the directory if this process now owns it.</summary>
    public async Task<(IRunningServer Server, ClusterDirectory? Owned, bool IsNew)> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Directory is not { } directory)
        {
            await TemporaryClusterCleanup.RunAsync(UserDirectories.Temporary, cancellationToken);
            return await StartAsOwnerAsync(ClusterDirectory.CreateTemporary(), cancellationToken);
        }

        var cluster = ClusterDirectory.Persistent(directory);
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < JoinTimeout; await Task.Delay(
            TimeSpan.FromMilliseconds(100), cancellationToken))
        {
            if (cluster.TryLock())
            {
                return await StartAsOwnerAsync(cluster, cancellationToken);
            }

            if (options.Reset)
            {
                throw new LocalPostgresException(
                    $"The cluster in {cluster.Root} cannot be reset: {OwnerOf(cluster)} is using it. End that process and try again.");
            }

            if (await RunningServers.JoinAsync(cluster, TimeSpan.FromSeconds(1), cancellationToken) is { } server)
            {
                options.Progress?.Invoke(server.Origin);
                return (server, null, false);
            }
        }

        throw new LocalPostgresException(
            $"The cluster in {cluster.Root} belongs to {OwnerOf(cluster)}, "
            + $"but its server did not answer within {JoinTimeout.TotalSeconds:0} s. "
            + "That process may still be fetching PostgreSQL: try again, or end it.");
    }

    private static string OwnerOf(ClusterDirectory cluster) => cluster.OwnerProcessId() is { } id ? $"the process {id}" : "another process";

    private async Task<(IRunningServer Server, ClusterDirectory? Owned, bool IsNew)> StartAsOwnerAsync(
        ClusterDirectory cluster,
        CancellationToken cancellationToken)
    {
        try
        {
            if (options.Reset)
            {
                await ResetAsync(cluster, cancellationToken);
            }

            if (await RunningServers.AdoptAsync(cluster, options.Durable, cancellationToken) is { } adopted)
            {
                options.Progress?.Invoke(adopted.Origin);
                return (adopted, cluster, false);
            }

            var source = await providers
                .ChooseAsync(ServerRequirements.For(cluster, line => options.Progress?.Invoke(line)), cluster.Root, cancellationToken);
            options.Progress?.Invoke(source.Origin);
            var (server, isNew) = await StartAsync(source, cluster, cancellationToken);
            return (server, cluster, isNew);
        }
        catch
        {
            await CleanUpAsync(cluster);
            throw;
        }
    }

    private async Task<StartedServer> StartAsync(IServerSource source, ClusterDirectory cluster, CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(StartTimeout);
        try
        {
            return await source.StartAsync(cluster, options.Durable, bounded.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LocalPostgresException(
                $"PostgreSQL in {cluster.Root} did not start within {StartTimeout.TotalSeconds:0} s. "
                + $"The end of its log:{Environment.NewLine}{cluster.LogTail()}");
        }
    }

    private async Task ResetAsync(ClusterDirectory cluster, CancellationToken cancellationToken)
    {
        await RunningServers.StopAsync(cluster, orderly: false, cancellationToken);
        if (cluster.ReadConnection()?.Container is { Volume: { } volume } container
            && !(await ContainerCommand.RemoveVolumeAsync(container, cancellationToken)).Succeeded)
        {
            options.Progress?.Invoke($"the volume {volume} of {container.Engine} could not be removed; it is no longer used");
        }

        cluster.RemoveCluster();
    }

    // A failed or cancelled start must leave no server behind. The caller needs the first exception, not one of this cleanup.
    private static async Task CleanUpAsync(ClusterDirectory cluster)
    {
        using (cluster)
        {
            try
            {
                await RunningServers.StopAsync(cluster, orderly: !cluster.IsTemporary, CancellationToken.None);
                if (cluster.IsTemporary)
                {
                    cluster.RemoveAll();
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or LocalPostgresException)
            {
                // The next start removes what is left.
            }
        }
    }
}

using System.Diagnostics;
using CLSM.Directory.LocalPostgres.Homes;
using CLSM.Directory.LocalPostgres.Servers;
using CLSM.Directory.LocalPostgres.Ways;

namespace CLSM.Directory.LocalPostgres;

/// <summary>How a cluster comes to run: own its home or join its owner; as owner, take over what runs or start anew.</summary>
internal sealed class ClusterStart(LocalClusterOptions options, WayChain chain)
{
    private static readonly TimeSpan JoinPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    /// <summary>Runs it. The home is that of a cluster this process now owns.</summary>
    public async Task<(IRunningServer Server, ClusterHome? Owned, bool IsNew)> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Directory is not { } directory)
        {
            await ThrowAwaySweep.RunAsync(UserPlaces.Temporary, cancellationToken);
            return await OwnAsync(ClusterHome.ThrowAway(), cancellationToken);
        }

        var home = ClusterHome.Lasting(directory);
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < JoinPatience; await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken))
        {
            if (home.TryLock())
            {
                return await OwnAsync(home, cancellationToken);
            }

            if (options.Reset)
            {
                throw new LocalPostgresException($"The cluster in {home.Root} cannot be reset: {Owner(home)} is using it. End that process and try again.");
            }

            if (await RunningServers.JoinAsync(home, TimeSpan.FromSeconds(1), cancellationToken) is { } server)
            {
                options.Progress?.Invoke(server.Origin);
                return (server, null, false);
            }
        }

        throw new LocalPostgresException(
            $"The cluster in {home.Root} belongs to {Owner(home)}, but its server did not answer within {JoinPatience.TotalSeconds:0} s. "
            + "That process may still be fetching PostgreSQL: try again, or end it.");
    }

    private static string Owner(ClusterHome home) => home.OwnerProcessId() is { } id ? $"the process {id}" : "another process";

    private async Task<(IRunningServer Server, ClusterHome? Owned, bool IsNew)> OwnAsync(ClusterHome home, CancellationToken cancellationToken)
    {
        try
        {
            if (options.Reset)
            {
                await ResetAsync(home, cancellationToken);
            }

            if (await RunningServers.AdoptAsync(home, options.Durable, cancellationToken) is { } adopted)
            {
                options.Progress?.Invoke(adopted.Origin);
                return (adopted, home, false);
            }

            var source = await chain.ChooseAsync(Need.Of(home, line => options.Progress?.Invoke(line)), home.Root, cancellationToken);
            options.Progress?.Invoke(source.Origin);
            var (server, isNew) = await StartAsync(source, home, cancellationToken);
            return (server, home, isNew);
        }
        catch
        {
            await GiveUpAsync(home);
            throw;
        }
    }

    private async Task<StartedServer> StartAsync(IServerSource source, ClusterHome home, CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(StartLimit);
        try
        {
            return await source.StartAsync(home, options.Durable, bounded.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LocalPostgresException(
                $"PostgreSQL in {home.Root} did not start within {StartLimit.TotalSeconds:0} s. The end of its log:{Environment.NewLine}{home.LogTail()}");
        }
    }

    private async Task ResetAsync(ClusterHome home, CancellationToken cancellationToken)
    {
        await RunningServers.EndAsync(home, orderly: false, cancellationToken);
        if (home.ReadConnection()?.Container is { Volume: { } volume } container
            && !(await ContainerCommand.RemoveVolumeAsync(container, cancellationToken)).Succeeded)
        {
            options.Progress?.Invoke($"the volume {volume} of {container.Engine} could not be removed; it is no longer used");
        }

        home.RemoveCluster();
    }

    // What failed or was cancelled must not leave a server behind; the first exception is the one to be told.
    private static async Task GiveUpAsync(ClusterHome home)
    {
        using (home)
        {
            try
            {
                await RunningServers.EndAsync(home, orderly: !home.IsThrowAway, CancellationToken.None);
                if (home.IsThrowAway)
                {
                    home.RemoveAll();
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or LocalPostgresException)
            {
                // The next start tidies up.
            }
        }
    }
}

using System.Globalization;
using CLSM.Directory.LocalPostgres.DataDirectories;
using CLSM.Directory.LocalPostgres.Errors;
using CLSM.Directory.LocalPostgres.Processes;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>Stops and removes the temporary clusters of this user whose owner was killed.</summary>
internal static class TemporaryClusterCleanup
{
    private static readonly TimeSpan MinAgeWithoutLock = TimeSpan.FromMinutes(10);

    /// <summary>Removes abandoned clusters. One that cannot be removed does no harm and stays for the next run.</summary>
    public static async Task RunAsync(string temporary, CancellationToken cancellationToken)
    {
        foreach (var root in await FindOwnAsync(temporary, cancellationToken))
        {
            try
            {
                await RemoveIfAbandonedAsync(root, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or LocalPostgresException)
            {
                // Another process removes it at the same time, or the server does not end.
            }
        }
    }

    private static async Task RemoveIfAbandonedAsync(string root, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(root, "lock")))
        {
            if (TimeProvider.System.GetUtcNow().UtcDateTime - Folder.GetLastWriteTimeUtc(root) > MinAgeWithoutLock)
            {
                Folder.Delete(root, recursive: true);
            }

            return;
        }

        using var cluster = ClusterDirectory.TryTakeAbandoned(root);
        if (cluster is null)
        {
            return;
        }

        await RunningServers.StopAsync(cluster, orderly: false, cancellationToken);
        cluster.RemoveAll();
    }

    // Use find(1): .NET cannot read the owner of a file, and in a shared temporary directory names can be forged.
    private static async Task<IReadOnlyList<string>> FindOwnAsync(string temporary, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            return Folder.GetDirectories(temporary, ClusterDirectory.TemporaryPattern);
        }

        if (ProgramPath.Find("find") is not { } find)
        {
            return [];
        }

        var user = Unix.EffectiveUser().ToString(CultureInfo.InvariantCulture);
        var found = await new Command(
            find, temporary, "-mindepth", "1", "-maxdepth", "1", "-type", "d", "-user", user, "-name", ClusterDirectory.TemporaryPattern)
            .RunAsync(TimeSpan.FromSeconds(10), cancellationToken);
        return found.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}

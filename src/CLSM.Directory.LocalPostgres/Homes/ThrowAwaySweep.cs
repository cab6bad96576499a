using System.Globalization;
using CLSM.Directory.LocalPostgres.Processes;
using CLSM.Directory.LocalPostgres.Servers;

namespace CLSM.Directory.LocalPostgres.Homes;

/// <summary>Stops and removes the throw-away clusters of this user whose owner was killed.</summary>
internal static class ThrowAwaySweep
{
    private static readonly TimeSpan YoungerMayBeInTheMaking = TimeSpan.FromMinutes(10);

    /// <summary>Tidies up. What cannot be removed is left for the next time: it is in nobody's way.</summary>
    public static async Task RunAsync(string temporary, CancellationToken cancellationToken)
    {
        foreach (var root in await OwnedAsync(temporary, cancellationToken))
        {
            try
            {
                await RemoveIfAbandonedAsync(root, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or LocalPostgresException)
            {
                // Another process tidies up at the same time, or the server does not end.
            }
        }
    }

    private static async Task RemoveIfAbandonedAsync(string root, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(root, "lock")))
        {
            if (DateTime.UtcNow - Folder.GetLastWriteTimeUtc(root) > YoungerMayBeInTheMaking)
            {
                Folder.Delete(root, recursive: true);
            }

            return;
        }

        using var home = ClusterHome.Abandoned(root);
        if (home is null)
        {
            return;
        }

        await RunningServers.EndAsync(home, orderly: false, cancellationToken);
        home.RemoveAll();
    }

    // .NET cannot tell who owns a file, and in a shared temporary directory only that counts: a name can be forged.
    private static async Task<IReadOnlyList<string>> OwnedAsync(string temporary, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            return Folder.GetDirectories(temporary, ClusterHome.ThrowAwayPattern);
        }

        if (ProgramPath.Find("find") is not { } find)
        {
            return [];
        }

        var user = Unix.EffectiveUser().ToString(CultureInfo.InvariantCulture);
        var found = await new Command(find, temporary, "-mindepth", "1", "-maxdepth", "1", "-type", "d", "-user", user, "-name", ClusterHome.ThrowAwayPattern)
            .RunAsync(TimeSpan.FromSeconds(10), cancellationToken);
        return found.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}

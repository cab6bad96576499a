using System.Diagnostics;
using System.Globalization;
using CLSM.Directory.LocalPostgres.Processes;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>
/// The server process of a data directory, as its postmaster.pid names it. The number alone proves nothing: after a
/// crash it may have been given to any process, which must be neither signalled nor waited for.
/// </summary>
internal sealed class Postmaster
{
    private static readonly TimeSpan OrderlyPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ImmediatePatience = TimeSpan.FromSeconds(10);

    private readonly PostmasterFile file;

    private Postmaster(PostmasterFile file) => this.file = file;

    /// <summary>Its process.</summary>
    public int ProcessId => file.ProcessId;

    /// <summary>Where it listens.</summary>
    public int Port => file.Port;

    /// <summary>The postmaster that runs on a data directory, or <see langword="null"/>.</summary>
    public static Postmaster? Find(string data) =>
        PostmasterFile.Read(data) is { } file && ServerProcess.IsServer(file) ? new Postmaster(file) : null;

    /// <summary>
    /// Removes a postmaster.pid whose number now belongs to another process, because PostgreSQL would not start. One
    /// whose process is gone stays: from it PostgreSQL sees whether children of the dead server are left.
    /// </summary>
    public static void RemoveMisleadingFile(string data)
    {
        if (PostmasterFile.Read(data) is { } file && ServerProcess.Exists(file.ProcessId) && !ServerProcess.IsServer(file))
        {
            File.Delete(PostmasterFile.In(data));
        }
    }

    /// <summary>Stops the server of a data directory with growing force, and returns when it is gone.</summary>
    /// <exception cref="LocalPostgresException">It did not even end when killed.</exception>
    public async Task StopAsync(string data, bool orderly, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            await WindowsStop.RunAsync(data, ProcessId, orderly, cancellationToken);
        }
        else if (orderly)
        {
            Unix.Signal(ProcessId, Unix.Interrupt);
        }

        if (orderly && await IsGoneAsync(OrderlyPatience, cancellationToken))
        {
            return;
        }

        foreach (var signal in new[] { Unix.Quit, Unix.Kill })
        {
            if (!OperatingSystem.IsWindows())
            {
                Unix.Signal(ProcessId, signal);
            }

            if (await IsGoneAsync(ImmediatePatience, cancellationToken))
            {
                return;
            }
        }

        throw new LocalPostgresException($"The PostgreSQL server with process id {ProcessId} on {data} cannot be ended. End it by hand and try again.");
    }

    // The process is watched and not its file, which it removes a little before its end.
    private async Task<bool> IsGoneAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < patience;)
        {
            if (!ServerProcess.IsServer(file))
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }

        return false;
    }
}

/// <summary>The lines of a postmaster.pid that say who serves the data directory.</summary>
internal sealed record PostmasterFile(int ProcessId, string Data, DateTime StartedAt, int Port)
{
    /// <summary>Where it lies.</summary>
    public static string In(string data) => Path.Combine(data, "postmaster.pid");

    /// <summary>Reads it; <see langword="null"/> when there is none, or one that PostgreSQL is just writing.</summary>
    public static PostmasterFile? Read(string data)
    {
        try
        {
            var lines = File.ReadAllLines(In(data));
            return lines.Length >= 4
                && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var id) && id > 0
                && long.TryParse(lines[2], CultureInfo.InvariantCulture, out var seconds)
                && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port)
                    ? new PostmasterFile(id, lines[1], DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime, port)
                    : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using CLSM.Directory.LocalPostgres.Errors;
using CLSM.Directory.LocalPostgres.Processes;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>
/// The server process of a data directory, as named in its postmaster.pid. The process id alone proves nothing: after a
/// crash another process may have it, which must get no signal.
/// </summary>
internal sealed class Postmaster
{
    private static readonly TimeSpan OrderlyTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ImmediateTimeout = TimeSpan.FromSeconds(10);

    private readonly PostmasterFile file;

    private Postmaster(PostmasterFile file) => this.file = file;

    /// <summary>The process id.</summary>
    public int ProcessId => file.ProcessId;

    /// <summary>The port on which it listens.</summary>
    public int Port => file.Port;

    /// <summary>The running postmaster of a data directory, or <see langword="null"/>.</summary>
    public static Postmaster? Find(string data) =>
        PostmasterFile.Read(data) is { } file && ServerProcess.IsServer(file) ? new Postmaster(file) : null;

    /// <summary>
    /// Removes a postmaster.pid whose process id now belongs to another process: with it PostgreSQL would not start. If no
    /// process has the id, the file stays: PostgreSQL uses it to find remaining children of the dead server.
    /// </summary>
    public static void RemoveReusedFile(string data)
    {
        if (PostmasterFile.Read(data) is { } file && ServerProcess.Exists(file.ProcessId) && !ServerProcess.IsServer(file))
        {
            File.Delete(PostmasterFile.In(data));
        }
    }

    /// <summary>Stops the server of a data directory, with increasing force, and returns when it has ended.</summary>
    /// <exception cref="LocalPostgresException">The server did not end, even after SIGKILL.</exception>
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

        if (orderly && await HasEndedAsync(OrderlyTimeout, cancellationToken))
        {
            return;
        }

        foreach (var signal in new[] { Unix.Quit, Unix.Kill })
        {
            if (!OperatingSystem.IsWindows())
            {
                Unix.Signal(ProcessId, signal);
            }

            if (await HasEndedAsync(ImmediateTimeout, cancellationToken))
            {
                return;
            }
        }

        throw new LocalPostgresException(
            $"The PostgreSQL server with process id {ProcessId} on {data} cannot be stopped. End it yourself and try again.");
    }

    // Watch the process, not its file, which it removes shortly before its end.
    private async Task<bool> HasEndedAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < timeout;)
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

/// <summary>The lines of a postmaster.pid that identify the server of the data directory.</summary>
internal sealed record PostmasterFile(int ProcessId, string Data, DateTime StartedAt, int Port)
{
    /// <summary>The path of the file.</summary>
    public static string In(string data) => Path.Combine(data, "postmaster.pid");

    /// <summary>Reads the file; <see langword="null"/> if it is missing or PostgreSQL has not finished writing it.</summary>
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

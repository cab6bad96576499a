using System.ComponentModel;
using System.Diagnostics;
using CLSM.Directory.LocalPostgres.Processes;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>
/// Stops a server on Windows, which has no signals, with the pg_ctl next to the running postgres; postmaster.opts names it.
/// Never run: there was no Windows machine to test it on.
/// </summary>
internal static class WindowsStop
{
    /// <summary>Runs pg_ctl; kills the processes if it is missing or fails.</summary>
    public static async Task RunAsync(string data, int processId, bool orderly, CancellationToken cancellationToken)
    {
        if (FindPgCtl(data) is { } program)
        {
            var stopped = await new Command(program, "stop", "-D", data, "-m", orderly ? "fast" : "immediate", "-w", "-t", "20")
                .RunAsync(TimeSpan.FromSeconds(25), cancellationToken);
            if (stopped.Succeeded)
            {
                return;
            }
        }

        try
        {
            // The next start recovers, as after a power failure.
            using var process = Process.GetProcessById(processId);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended in the meantime.
        }
    }

    private static string? FindPgCtl(string data)
    {
        var options = Path.Combine(data, "postmaster.opts");
        if (!File.Exists(options))
        {
            return null;
        }

        var postgres = File.ReadAllText(options).Split(" \"")[0].Trim();
        var program = ProgramPath.In(Path.GetDirectoryName(postgres) ?? "", "pg_ctl");
        return File.Exists(program) ? program : null;
    }
}

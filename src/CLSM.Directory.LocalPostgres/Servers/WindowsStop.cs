using System.ComponentModel;
using System.Diagnostics;
using CLSM.Directory.LocalPostgres.Processes;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>
/// Windows has no signals: pg_ctl knows how to ask a server there. It is the one beside the postgres that runs, which
/// postmaster.opts names. Only compiled, never run: there was no Windows to try it on.
/// </summary>
internal static class WindowsStop
{
    /// <summary>Asks by pg_ctl, and ends the processes when there is none or it did not help.</summary>
    public static async Task RunAsync(string data, int processId, bool orderly, CancellationToken cancellationToken)
    {
        if (PgCtl(data) is { } program)
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
            // As after a power cut: the next start recovers.
            using var process = Process.GetProcessById(processId);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in the meantime.
        }
    }

    private static string? PgCtl(string data)
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

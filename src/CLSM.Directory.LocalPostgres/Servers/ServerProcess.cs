using System.ComponentModel;
using System.Diagnostics;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>Distinguishes a running server from another process with the same id.</summary>
internal static class ServerProcess
{
    private static readonly TimeSpan MaxStartTimeDifference = TimeSpan.FromSeconds(3);

    /// <summary>True if a process has this id, even one that has ended and was not reaped.</summary>
    public static bool Exists(int id) => Check(id, _ => true);

    /// <summary>True if the process is the server that wrote the file.</summary>
    public static bool IsServer(PostmasterFile file) => Check(file.ProcessId, process =>
    {
        if (process.ProcessName is not ("postgres" or "postmaster"))
        {
            return false;
        }

        if (OperatingSystem.IsLinux())
        {
            var arguments = File.ReadAllText($"/proc/{file.ProcessId}/cmdline").Split('\0');
            if (arguments[0].Length == 0)
            {
                return false; // ended, not reaped
            }

            if (arguments.Contains(file.Data))
            {
                return true;
            }
        }

        // Process id and start time together identify one process.
        return (process.StartTime.ToUniversalTime() - file.StartedAt).Duration() < MaxStartTimeDifference;
    });

    private static bool Check(int id, Func<Process, bool> condition)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return condition(process);
        }
        catch (Exception e) when (
            e is ArgumentException or InvalidOperationException or Win32Exception or IOException or NotSupportedException)
        {
            return false;
        }
    }
}

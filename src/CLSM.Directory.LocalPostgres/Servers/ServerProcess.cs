using System.ComponentModel;
using System.Diagnostics;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>Tells a living server from a process that has only got its number.</summary>
internal static class ServerProcess
{
    private static readonly TimeSpan StartTimesDifferBy = TimeSpan.FromSeconds(3);

    /// <summary>Some process has this number, be it one that has ended and that nobody has collected.</summary>
    public static bool Exists(int id) => Look(id, _ => true);

    /// <summary>The process is the server that wrote the file.</summary>
    public static bool IsServer(PostmasterFile file) => Look(file.ProcessId, process =>
    {
        if (process.ProcessName is not ("postgres" or "postmaster"))
        {
            return false;
        }

        if (OperatingSystem.IsLinux())
        {
            var words = File.ReadAllText($"/proc/{file.ProcessId}/cmdline").Split('\0');
            if (words[0].Length == 0)
            {
                return false; // ended, not collected
            }

            if (words.Contains(file.Data))
            {
                return true;
            }
        }

        // Number and start time together belong to one process only.
        return (process.StartTime.ToUniversalTime() - file.StartedAt).Duration() < StartTimesDifferBy;
    });

    private static bool Look(int id, Func<Process, bool> judge)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return judge(process);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or IOException or NotSupportedException)
        {
            return false;
        }
    }
}

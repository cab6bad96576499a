using System.Diagnostics;

namespace CLSM.Directory.TestSupport;

/// <summary>Checks PostgreSQL processes that are not children of the test process.</summary>
public static class PostgresProcess
{
    /// <summary>True if the process is a PostgreSQL server. An ended process that was not reaped does not count.</summary>
    /// <param name="id">The process id.</param>
    public static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.ProcessName == "postgres" && (!OperatingSystem.IsLinux() || File.ReadAllText($"/proc/{id}/cmdline").Length > 0);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IOException)
        {
            return false;
        }
    }
}

using System.Diagnostics;

namespace CLSM.Directory.Tests.LocalPostgres;

/// <summary>Looks at processes that are not children of the tests.</summary>
internal static class Living
{
    /// <summary>It is a PostgreSQL server, and has not merely been left uncollected after its end.</summary>
    public static bool IsPostgres(int id)
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

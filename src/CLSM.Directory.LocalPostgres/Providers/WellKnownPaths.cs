using CLSM.Directory.LocalPostgres.Processes;

namespace CLSM.Directory.LocalPostgres.Providers;

/// <summary>The directories where system packages install PostgreSQL's programs. Most packages do not change PATH.</summary>
internal static class WellKnownPaths
{
    private static readonly string[] Linux =
    [
        "/usr/lib/postgresql/*/bin", // Debian, Ubuntu
        "/usr/pgsql-*/bin", // PostgreSQL's own packages for Fedora and RHEL
        "/usr/bin", // Fedora, Arch
        "/usr/libexec/postgresql*", // Alpine
        "/usr/local/pgsql/bin", // built by hand
    ];

    private static readonly string[] MacOS =
    [
        "/opt/homebrew/opt/postgresql@*/bin",
        "/usr/local/opt/postgresql@*/bin",
        "/Applications/Postgres.app/Contents/Versions/*/bin",
        "/Library/PostgreSQL/*/bin",
    ];

    /// <summary>The existing directories, those on PATH first.</summary>
    public static IEnumerable<string> Directories()
    {
        var patterns = OperatingSystem.IsWindows()
            ? [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL", "*", "bin")]
            : OperatingSystem.IsMacOS() ? MacOS : Linux;
        return [.. ProgramPath.Directories(), .. patterns.SelectMany(Expand)];
    }

    /// <summary>The directories that match a pattern with one star.</summary>
    internal static IEnumerable<string> Expand(string pattern)
    {
        var parts = pattern.Split(Path.DirectorySeparatorChar);
        var starred = Array.FindIndex(parts, part => part.Contains('*', StringComparison.Ordinal));
        if (starred < 0)
        {
            return Folder.Exists(pattern) ? [pattern] : [];
        }

        var parent = string.Join(Path.DirectorySeparatorChar, parts[..starred]);
        return Folder.Exists(parent)
            ? Folder.GetDirectories(parent, parts[starred]).Select(found => Path.Combine([found, .. parts[(starred + 1)..]]))
                .Where(Folder.Exists)
            : [];
    }
}

using CLSM.Directory.LocalPostgres.Processes;

namespace CLSM.Directory.LocalPostgres.Ways;

/// <summary>Where the packages of the systems put PostgreSQL's programs. Most of them leave PATH alone.</summary>
internal static class UsualPlaces
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

    /// <summary>The directories that exist: those on PATH first.</summary>
    public static IEnumerable<string> Directories()
    {
        var patterns = OperatingSystem.IsWindows()
            ? [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL", "*", "bin")]
            : OperatingSystem.IsMacOS() ? MacOS : Linux;
        return [.. ProgramPath.Directories(), .. patterns.SelectMany(Expand)];
    }

    /// <summary>The directories a pattern with one star names.</summary>
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
            ? Folder.GetDirectories(parent, parts[starred]).Select(found => Path.Combine([found, .. parts[(starred + 1)..]])).Where(Folder.Exists)
            : [];
    }
}

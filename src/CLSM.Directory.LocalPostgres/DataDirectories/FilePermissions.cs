using CLSM.Directory.LocalPostgres.Processes;

namespace CLSM.Directory.LocalPostgres.DataDirectories;

/// <summary>Creates directories and files with the right permissions. Only root must care: its server runs as another user.</summary>
internal static class FilePermissions
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode EnterOnly = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode ReadAndEnter = EnterOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>
    /// The nearest directory above <paramref name="path"/> that the server's user cannot enter, or
    /// <see langword="null"/>. Checks the mode bits for others only; it does not see rights given by group or ACL.
    /// </summary>
    public static string? FindBlockingParent(string path)
    {
        if (OperatingSystem.IsWindows() || !ServerAccount.IsNeeded)
        {
            return null;
        }

        for (var parent = Path.GetDirectoryName(path); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            if (Folder.Exists(parent) && (File.GetUnixFileMode(parent) & UnixFileMode.OtherExecute) == 0)
            {
                return parent;
            }
        }

        return null;
    }

    /// <summary>
    /// Creates a directory and its missing parents, whatever the umask. Others cannot enter it, unless this process is
    /// root: then they can pass through it. An existing directory is not changed.
    /// </summary>
    public static void CreatePrivateDirectory(string path) => Create(path, ServerAccount.IsNeeded ? Owner | EnterOnly : Owner);

    /// <summary>Creates a directory whose content is not secret, such as the cache.</summary>
    public static void CreateReadableDirectory(string path) => Create(path, Owner | ReadAndEnter);

    /// <summary>Lets all users read and run the files that a tool created under root's umask.</summary>
    public static void MakeTreeReadable(string root)
    {
        if (OperatingSystem.IsWindows() || !ServerAccount.IsNeeded)
        {
            return;
        }

        File.SetUnixFileMode(root, File.GetUnixFileMode(root) | ReadAndEnter);
        foreach (var entry in new DirectoryInfo(
            root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Where(entry => entry.LinkTarget is null))
        {
            var isExecutable = entry is DirectoryInfo || (entry.UnixFileMode & UnixFileMode.UserExecute) != 0;
            entry.UnixFileMode |= isExecutable ? ReadAndEnter : UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        }
    }

    /// <summary>Creates a file that only its owner can read or write.</summary>
    public static void CreatePrivateFile(string path, string content = "")
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(content);
    }

    private static void Create(string path, UnixFileMode mode)
    {
        if (Folder.Exists(path))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Folder.CreateDirectory(path);
            return;
        }

        if (Path.GetDirectoryName(path) is { } parent)
        {
            Create(parent, ServerAccount.IsNeeded ? Owner | ReadAndEnter : Owner);
        }

        Folder.CreateDirectory(path, mode);
        File.SetUnixFileMode(path, mode);
    }
}

using CLSM.Directory.LocalPostgres.Processes;

namespace CLSM.Directory.LocalPostgres.Homes;

/// <summary>Who may enter what. Only root has to care: the server it starts is somebody else.</summary>
internal static class Access
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode EnterOnly = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode ReadAndEnter = EnterOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>
    /// The nearest directory above <paramref name="path"/> that the server's user cannot enter, or
    /// <see langword="null"/>. Judged by the mode bits for others, so a right given in another way is not seen.
    /// </summary>
    public static string? BlockedBy(string path)
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
    /// Makes a directory and what is missing above it, whatever the umask: closed to others, or, for root, open to
    /// be walked through. One that exists is left as it is.
    /// </summary>
    public static void MakePrivate(string path) => Make(path, ServerAccount.IsNeeded ? Owner | EnterOnly : Owner);

    /// <summary>The same for a directory whose content is no secret, such as the cache.</summary>
    public static void MakeReadable(string path) => Make(path, Owner | ReadAndEnter);

    /// <summary>Lets everybody read and run what a tool made under root's umask.</summary>
    public static void OpenTree(string root)
    {
        if (OperatingSystem.IsWindows() || !ServerAccount.IsNeeded)
        {
            return;
        }

        File.SetUnixFileMode(root, File.GetUnixFileMode(root) | ReadAndEnter);
        foreach (var entry in new DirectoryInfo(root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Where(entry => entry.LinkTarget is null))
        {
            var runs = entry is DirectoryInfo || (entry.UnixFileMode & UnixFileMode.UserExecute) != 0;
            entry.UnixFileMode |= runs ? ReadAndEnter : UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        }
    }

    /// <summary>An empty file that only its owner can read or write.</summary>
    public static void MakePrivateFile(string path, string content = "")
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

    private static void Make(string path, UnixFileMode mode)
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
            Make(parent, ServerAccount.IsNeeded ? Owner | ReadAndEnter : Owner);
        }

        Folder.CreateDirectory(path, mode);
        File.SetUnixFileMode(path, mode);
    }
}

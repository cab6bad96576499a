using System.Globalization;
using CLSM.Directory.LocalPostgres.Errors;

namespace CLSM.Directory.LocalPostgres.DataDirectories;

/// <summary>
/// The directory of one cluster. It removes only the entries that it created, so a wrong path does no harm.
/// </summary>
internal sealed class ClusterDirectory : IDisposable
{
    private const string TemporaryPrefix = "clsm-postgres-";
    private FileLock? ownersLock;

    private ClusterDirectory(string path, bool isTemporary) => (Root, IsTemporary) = (path, isTemporary);

    /// <summary>The name pattern of the directories of temporary clusters.</summary>
    public static string TemporaryPattern => TemporaryPrefix + "*";

    /// <summary>The full path of this directory.</summary>
    public string Root { get; }

    /// <summary>True if the directory is removed at the end.</summary>
    public bool IsTemporary { get; }

    /// <summary>The data directory. It exists only if initdb has completed.</summary>
    public string Data => Path.Combine(Root, "data");

    /// <summary>The data directory while initdb runs. If it exists later, initdb was interrupted.</summary>
    public string Unfinished => Path.Combine(Root, "data.unfinished");

    /// <summary>The server's log since its last start.</summary>
    public string Log => Path.Combine(Root, "log");

    /// <summary>The file from which initdb reads the superuser's password. It exists only while initdb runs.</summary>
    public string PasswordFile => Path.Combine(Root, "initial-password");

    /// <summary>The lock file of the owner.</summary>
    public string LockFile => Path.Combine(Root, "lock");

    /// <summary>True if this process holds the lock: until it disposes this object or ends.</summary>
    public bool IsLocked => ownersLock is not null;

    private string ConnectionFile => Path.Combine(Root, "connection.json");

    private string OwnerFile => Path.Combine(Root, "owner");

    /// <summary>Opens the directory of a persistent cluster and creates it if it is missing. Does not lock it.</summary>
    public static ClusterDirectory Persistent(string directory)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        FilePermissions.CreatePrivateDirectory(root);
        return new ClusterDirectory(root, isTemporary: false);
    }

    /// <summary>Creates and locks the directory of a temporary cluster.</summary>
    public static ClusterDirectory CreateTemporary()
    {
        while (true)
        {
            var root = Path.Combine(
                UserDirectories.Temporary, TemporaryPrefix + Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal));
            FilePermissions.CreatePrivateDirectory(root);
            var cluster = new ClusterDirectory(root, isTemporary: true);
            if (cluster.TryLock())
            {
                return cluster;
            }
        }
    }

    /// <summary>Locks the temporary directory of a dead process; <see langword="null"/> if its owner is alive.</summary>
    public static ClusterDirectory? TryTakeAbandoned(string root)
    {
        var cluster = new ClusterDirectory(root, isTemporary: true);
        cluster.ownersLock = FileLock.TryAcquireExisting(cluster.LockFile);
        return cluster.IsLocked ? cluster : null;
    }

    /// <summary>Locks the directory; false if another process has locked it.</summary>
    public bool TryLock()
    {
        if ((ownersLock ??= FileLock.TryAcquire(LockFile)) is null)
        {
            return false;
        }

        // On Windows nobody can read a locked file, so the owner's process id is in a second file.
        File.WriteAllText(OwnerFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>The process that owns this directory, if it has written its id.</summary>
    public int? OwnerProcessId() =>
        File.Exists(OwnerFile) && int.TryParse(File.ReadAllText(OwnerFile), CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>Reads the connection file.</summary>
    public ConnectionRecord? ReadConnection() => ConnectionRecord.Read(ConnectionFile);

    /// <summary>Writes the connection file.</summary>
    public void WriteConnection(ConnectionRecord record) => record.Write(ConnectionFile);

    /// <summary>The major version that created the data, or <see langword="null"/> if there are no data.</summary>
    /// <exception cref="LocalPostgresException">The data directory contains something else.</exception>
    public int? MajorVersion()
    {
        if (!Folder.Exists(Data))
        {
            return null;
        }

        var file = Path.Combine(Data, "PG_VERSION");
        return File.Exists(file) && int.TryParse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture, out var major)
            ? major
            : throw new LocalPostgresException(
                $"{Data} is not the data directory of a PostgreSQL (it has no PG_VERSION). "
                + "It is left as it is: move it away or name another directory.");
    }

    /// <summary>The last lines of the server's log, for a message.</summary>
    public string LogTail() =>
        File.Exists(Log) ? string.Join(Environment.NewLine, File.ReadLines(Log).TakeLast(15).Select(line => "  " + line)) : "  (no log)";

    /// <summary>Removes the cluster, but not its directory: the lock file must stay.</summary>
    public void RemoveCluster()
    {
        _ = MajorVersion();
        foreach (var directory in new[] { Data, Unfinished }.Where(Folder.Exists))
        {
            Folder.Delete(directory, recursive: true);
        }

        foreach (var file in new[] { ConnectionFile, PasswordFile, Log })
        {
            File.Delete(file);
        }
    }

    /// <summary>Removes the directory of a temporary cluster with all its content, and releases the lock.</summary>
    public void RemoveAll()
    {
        foreach (var entry in new DirectoryInfo(Root).EnumerateFileSystemInfos().Where(entry => entry.Name != Path.GetFileName(LockFile)))
        {
            if (entry is DirectoryInfo { LinkTarget: null } directory)
            {
                directory.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }

        // Remove the lock last: while it is held, no other process treats this directory as abandoned.
        Dispose();
        try
        {
            Folder.Delete(Root, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another process has removed it.
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        ownersLock?.Dispose();
        ownersLock = null;
    }
}

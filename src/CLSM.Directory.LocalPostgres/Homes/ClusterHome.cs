using System.Globalization;

namespace CLSM.Directory.LocalPostgres.Homes;

/// <summary>
/// The directory of one cluster. It removes nothing but the entries it makes itself, so pointing it at a wrong place
/// does no harm.
/// </summary>
internal sealed class ClusterHome : IDisposable
{
    private const string ThrowAwayPrefix = "clsm-postgres-";
    private FileLock? ownersLock;

    private ClusterHome(string path, bool isThrowAway) => (Root, IsThrowAway) = (path, isThrowAway);

    /// <summary>How the directories of throw-away clusters are recognised.</summary>
    public static string ThrowAwayPattern => ThrowAwayPrefix + "*";

    /// <summary>The directory itself.</summary>
    public string Root { get; }

    /// <summary>It is removed at the end.</summary>
    public bool IsThrowAway { get; }

    /// <summary>The data directory. It exists only when it is complete.</summary>
    public string Data => Path.Combine(Root, "data");

    /// <summary>The data directory in the making; one that is left over was interrupted.</summary>
    public string Unfinished => Path.Combine(Root, "data.unfinished");

    /// <summary>The server's log since its last start.</summary>
    public string Log => Path.Combine(Root, "log");

    /// <summary>The superuser's password, for the moment initdb reads it.</summary>
    public string PasswordFile => Path.Combine(Root, "initial-password");

    /// <summary>The lock of the owner.</summary>
    public string LockFile => Path.Combine(Root, "lock");

    /// <summary>Held until this is disposed of or the process dies.</summary>
    public bool IsLocked => ownersLock is not null;

    private string ConnectionFile => Path.Combine(Root, "connection.json");

    private string OwnerFile => Path.Combine(Root, "owner");

    /// <summary>The home of a lasting cluster, made if it does not exist. Not yet locked.</summary>
    public static ClusterHome Lasting(string directory)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        Access.MakePrivate(root);
        return new ClusterHome(root, isThrowAway: false);
    }

    /// <summary>A new home for a throw-away cluster, locked.</summary>
    public static ClusterHome ThrowAway()
    {
        while (true)
        {
            var root = Path.Combine(UserPlaces.Temporary, ThrowAwayPrefix + Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal));
            Access.MakePrivate(root);
            var home = new ClusterHome(root, isThrowAway: true);
            if (home.TryLock())
            {
                return home;
            }
        }
    }

    /// <summary>A throw-away home of somebody who died; <see langword="null"/> when its owner lives.</summary>
    public static ClusterHome? Abandoned(string root)
    {
        var home = new ClusterHome(root, isThrowAway: true);
        home.ownersLock = FileLock.TryTakeExisting(home.LockFile);
        return home.IsLocked ? home : null;
    }

    /// <summary>Becomes the owner, unless somebody is.</summary>
    public bool TryLock()
    {
        if ((ownersLock ??= FileLock.TryTake(LockFile)) is null)
        {
            return false;
        }

        // Windows lets nobody read a locked file, so the owner's process id has its own.
        File.WriteAllText(OwnerFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>The process that owns this home, as far as it has said so.</summary>
    public int? OwnerProcessId() =>
        File.Exists(OwnerFile) && int.TryParse(File.ReadAllText(OwnerFile), CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>What is remembered about the cluster.</summary>
    public ConnectionRecord? ReadConnection() => ConnectionRecord.Read(ConnectionFile);

    /// <summary>Remembers it.</summary>
    public void WriteConnection(ConnectionRecord record) => record.Write(ConnectionFile);

    /// <summary>The major version that made the data, or <see langword="null"/> when there is none yet.</summary>
    /// <exception cref="LocalPostgresException">Something else is in the place of the data.</exception>
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
                $"{Data} is not the data directory of a PostgreSQL (it has no PG_VERSION). It is left as it is: move it away or name another directory.");
    }

    /// <summary>The end of the server's log, for a message.</summary>
    public string LogTail() =>
        File.Exists(Log) ? string.Join(Environment.NewLine, File.ReadLines(Log).TakeLast(15).Select(line => "  " + line)) : "  (no log)";

    /// <summary>Removes the cluster, but not the home: the lock must stay to be locked.</summary>
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

    /// <summary>Removes the home of a throw-away cluster with everything in it, and lets go of it.</summary>
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

        // The lock goes last: until then nobody else takes this home for an abandoned one.
        Dispose();
        try
        {
            Folder.Delete(Root, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody who tidies up was quicker.
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        ownersLock?.Dispose();
        ownersLock = null;
    }
}

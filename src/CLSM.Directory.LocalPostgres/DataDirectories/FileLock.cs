namespace CLSM.Directory.LocalPostgres.DataDirectories;

/// <summary>
/// A lock on a file that the operating system releases when the process ends, even after kill -9.
/// </summary>
internal sealed class FileLock : IDisposable
{
    // Error codes of a file that another process has locked: EWOULDBLOCK on Linux and macOS, a sharing violation on Windows.
    private static readonly int[] LockedErrors = [11, 35, unchecked((int)0x80070020)];
    private readonly FileStream stream;

    private FileLock(FileStream stream) => this.stream = stream;

    /// <summary>Acquires the lock and creates its file if it is missing; <see langword="null"/> if another process holds it.</summary>
    public static FileLock? TryAcquire(string path) => TryAcquire(path, FileMode.OpenOrCreate);

    /// <summary>Acquires the lock only if its file exists.</summary>
    public static FileLock? TryAcquireExisting(string path) => TryAcquire(path, FileMode.Open);

    /// <summary>Waits for the lock.</summary>
    public static async Task<FileLock> AcquireAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryAcquire(path) is { } acquired)
            {
                return acquired;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
    }

    /// <inheritdoc />
    public void Dispose() => stream.Dispose();

    private static FileLock? TryAcquire(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows() && mode == FileMode.OpenOrCreate)
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        FileStream opened;
        try
        {
            opened = new FileStream(path, options);
        }
        catch (IOException e) when (LockedErrors.Contains(e.HResult))
        {
            return null;
        }

        if (File.Exists(path))
        {
            return new FileLock(opened);
        }

        // Another process removed the file between our open and our lock: this lock would protect nothing.
        opened.Dispose();
        return null;
    }
}

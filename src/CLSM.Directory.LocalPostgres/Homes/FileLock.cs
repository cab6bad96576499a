namespace CLSM.Directory.LocalPostgres.Homes;

/// <summary>
/// A lock that belongs to this process as long as it lives: the operating system releases it, even at kill -9.
/// </summary>
internal sealed class FileLock : IDisposable
{
    // What "somebody else has it" looks like: EWOULDBLOCK on Linux and on macOS, a sharing violation on Windows.
    private static readonly int[] Taken = [11, 35, unchecked((int)0x80070020)];
    private readonly FileStream stream;

    private FileLock(FileStream stream) => this.stream = stream;

    /// <summary>Takes the lock, making its file if need be; <see langword="null"/> when somebody has it.</summary>
    public static FileLock? TryTake(string path) => TryTake(path, FileMode.OpenOrCreate);

    /// <summary>Takes the lock only if its file exists.</summary>
    public static FileLock? TryTakeExisting(string path) => TryTake(path, FileMode.Open);

    /// <summary>Waits for the lock until the cancellation.</summary>
    public static async Task<FileLock> TakeAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
    }

    /// <inheritdoc />
    public void Dispose() => stream.Dispose();

    private static FileLock? TryTake(string path, FileMode mode)
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
        catch (IOException e) when (Taken.Contains(e.HResult))
        {
            return null;
        }

        if (File.Exists(path))
        {
            return new FileLock(opened);
        }

        // Between opening and locking, somebody who tidied up has removed the file: this lock would protect nothing.
        opened.Dispose();
        return null;
    }
}

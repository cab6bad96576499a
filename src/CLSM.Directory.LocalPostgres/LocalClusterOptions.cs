using CLSM.Directory.LocalPostgres.DataDirectories;

namespace CLSM.Directory.LocalPostgres;

/// <summary>Where a local cluster comes from, where its data are stored and how durable they must be.</summary>
public sealed record LocalClusterOptions
{
    /// <summary>
    /// The connection string of a configured server, with administrative rights. If it is set, it is used as it is and
    /// no server is started. An empty string counts as not set.
    /// </summary>
    public string? ConnectionString { get; init; }

    /// <summary>
    /// The directory of a persistent cluster: it contains <c>data/</c>, the connection file, the lock and the log.
    /// <see langword="null"/> creates a temporary cluster in the temporary directory and removes it at the end.
    /// </summary>
    public string? Directory { get; init; }

    /// <summary>
    /// <see langword="false"/> turns fsync, synchronous_commit and full_page_writes off. This is much faster, but a
    /// crash of the machine loses the data: for tests only.
    /// </summary>
    public bool Durable { get; init; } = true;

    /// <summary>Removes the existing cluster in <see cref="Directory"/> first, with all its data.</summary>
    public bool Reset { get; init; }

    /// <summary>Receives progress messages of one line, for example where the PostgreSQL comes from.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>
    /// The stable directory for the cluster of one checkout and one user. Its name contains a hash of the checkout's
    /// full path, so that two checkouts can run at the same time.
    /// </summary>
    /// <param name="checkout">The root of the checkout. It need not exist.</param>
    /// <returns>A full path below the user's data directory; for root, a directory that the server's user can enter.</returns>
    public static string DirectoryFor(string checkout)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(checkout);
        return Path.Combine(UserDirectories.Data, UserDirectories.NameFor(checkout));
    }
}

using CLSM.Directory.LocalPostgres.Homes;

namespace CLSM.Directory.LocalPostgres;

/// <summary>Where a local cluster comes from, where it lives and how safe its data must be.</summary>
public sealed record LocalClusterOptions
{
    /// <summary>
    /// A configured administrative connection string. When there is one, nothing is started or looked for: it is used
    /// as it is. An empty one counts as none.
    /// </summary>
    public string? ConnectionString { get; init; }

    /// <summary>
    /// Where a lasting cluster lives: the home of <c>data/</c>, the connection file, the lock and the log.
    /// <see langword="null"/> asks for a throw-away cluster, made in the temporary directory and removed at the end.
    /// </summary>
    public string? Directory { get; init; }

    /// <summary>
    /// <see langword="false"/> turns fsync, synchronous_commit and full_page_writes off. Much faster, and a crash of
    /// the machine loses the data: for tests only.
    /// </summary>
    public bool Durable { get; init; } = true;

    /// <summary>Removes the cluster that exists in <see cref="Directory"/> first, with all its data.</summary>
    public bool Reset { get; init; }

    /// <summary>Is told what happens, one line each time, for example where the PostgreSQL comes from.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>
    /// A stable place for the cluster of one checkout and one user. The hash of the checkout's full path is in the
    /// name, so two checkouts run side by side.
    /// </summary>
    /// <param name="checkout">The root of the checkout. It need not exist.</param>
    /// <returns>A full path below the user's data directory; for root, a place the server's user can enter.</returns>
    public static string DirectoryFor(string checkout)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(checkout);
        return Path.Combine(UserPlaces.Data, UserPlaces.NameFor(checkout));
    }
}

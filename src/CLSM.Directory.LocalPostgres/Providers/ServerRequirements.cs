using CLSM.Directory.LocalPostgres.DataDirectories;

namespace CLSM.Directory.LocalPostgres.Providers;

/// <summary>What existing data require of a server. A new cluster requires nothing.</summary>
internal sealed record ServerRequirements(int? Major, ContainerRecord? Container, Action<string> Progress)
{
    /// <summary>The requirements of the data in a directory.</summary>
    public static ServerRequirements For(ClusterDirectory cluster, Action<string> progress) =>
        new(cluster.MajorVersion(), cluster.ReadConnection()?.Container, progress);

    /// <summary>Why programs of this machine cannot use the data, or <see langword="null"/>.</summary>
    public string? ProgramsUnusable => Container is { } container ? $"the data are in the container volume {container.Volume}" : null;

    /// <summary>True if this major version can use the data.</summary>
    public bool AcceptsMajor(int major) => Major is null || Major == major;
}

using CLSM.Directory.LocalPostgres.Homes;
using CLSM.Directory.LocalPostgres.Servers;

namespace CLSM.Directory.LocalPostgres.Ways;

/// <summary>One way to a PostgreSQL. The chain asks one after the other.</summary>
internal interface IWay
{
    /// <summary>Its name, in messages and in the variable that chooses ways.</summary>
    string Word { get; }

    /// <summary>Looks whether this way is open here. What it finds is ready to be started.</summary>
    Task<Finding> LookAsync(Need need, CancellationToken cancellationToken);
}

/// <summary>What a home asks of a server: nothing, as long as it is empty.</summary>
internal sealed record Need(int? Major, ContainerRecord? Container, Action<string> Progress)
{
    /// <summary>What the data of a home ask for.</summary>
    public static Need Of(ClusterHome home, Action<string> progress) =>
        new(home.MajorVersion(), home.ReadConnection()?.Container, progress);

    /// <summary>Why no program of this machine can serve, or <see langword="null"/>.</summary>
    public string? NoPrograms => Container is { } container ? $"the data are in the container volume {container.Volume}" : null;

    /// <summary>The data can be used by this major version.</summary>
    public bool FitsMajor(int major) => Major is null || Major == major;
}

/// <summary>A source that can be started, or one line that says why this way is closed.</summary>
internal sealed record Finding(IServerSource? Source, string WhyNot)
{
    /// <summary>The way is open.</summary>
    public static Finding Open(IServerSource source) => new(source, "");

    /// <summary>The way is closed.</summary>
    public static Finding Closed(string whyNot) => new(null, whyNot);
}

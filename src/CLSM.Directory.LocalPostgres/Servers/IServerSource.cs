using CLSM.Directory.LocalPostgres.DataDirectories;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>Runs a cluster: with programs on this machine, or in a container engine.</summary>
internal interface IServerSource
{
    /// <summary>Where this PostgreSQL comes from, for messages.</summary>
    string Origin { get; }

    /// <summary>Starts the cluster of a directory and creates it first if it is missing.</summary>
    Task<StartedServer> StartAsync(ClusterDirectory cluster, bool durable, CancellationToken cancellationToken);
}

/// <summary>A running server, and whether this start created its data.</summary>
internal sealed record StartedServer(IRunningServer Server, bool IsNew);

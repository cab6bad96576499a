using CLSM.Directory.LocalPostgres.Homes;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>Something that can run a cluster: programs on this machine, or a container engine.</summary>
internal interface IServerSource
{
    /// <summary>Where this PostgreSQL comes from, for the eye.</summary>
    string Origin { get; }

    /// <summary>Starts the cluster of a home, making it first when there is none.</summary>
    Task<StartedServer> StartAsync(ClusterHome home, bool durable, CancellationToken cancellationToken);
}

/// <summary>A server that runs, and whether its data were made for this start.</summary>
internal sealed record StartedServer(IRunningServer Server, bool IsNew);

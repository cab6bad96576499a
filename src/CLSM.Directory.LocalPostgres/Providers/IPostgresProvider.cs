namespace CLSM.Directory.LocalPostgres.Providers;

/// <summary>Provides a PostgreSQL server, for example from installed programs or from a container engine.</summary>
internal interface IPostgresProvider
{
    /// <summary>The name, in messages and in the variable that selects providers.</summary>
    string Name { get; }

    /// <summary>Checks whether this provider works on this machine. A source that it returns can be started.</summary>
    Task<ProbeResult> ProbeAsync(ServerRequirements requirements, CancellationToken cancellationToken);
}

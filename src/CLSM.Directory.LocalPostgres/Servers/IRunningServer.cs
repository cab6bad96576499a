namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>A server that accepts connections.</summary>
internal interface IRunningServer
{
    /// <summary>The superuser on the database "postgres".</summary>
    string ConnectionString { get; }

    /// <summary>Where the server comes from, for messages.</summary>
    string Origin { get; }

    /// <summary>The process id of the postmaster, if it is a known process of this machine.</summary>
    int? ProcessId { get; }

    /// <summary>Stops the server: orderly, or at once if the data are no longer needed.</summary>
    Task StopAsync(bool orderly, CancellationToken cancellationToken);
}

/// <summary>A server that this process does not stop: a configured one, or one that another process owns.</summary>
internal sealed record ExternalServer(string ConnectionString, string Origin, int? ProcessId = null) : IRunningServer
{
    /// <inheritdoc />
    public Task StopAsync(bool orderly, CancellationToken cancellationToken) => Task.CompletedTask;
}

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>A server one can connect to.</summary>
internal interface IRunningServer
{
    /// <summary>The superuser on the database "postgres".</summary>
    string ConnectionString { get; }

    /// <summary>Where it comes from, for the eye.</summary>
    string Origin { get; }

    /// <summary>The postmaster, if it is a process of this machine that is known.</summary>
    int? ProcessId { get; }

    /// <summary>Ends it: in good order, or at once when the data do not matter any more.</summary>
    Task StopAsync(bool orderly, CancellationToken cancellationToken);
}

/// <summary>A server that somebody else looks after: the configured one, or one of another process.</summary>
internal sealed record BorrowedServer(string ConnectionString, string Origin, int? ProcessId = null) : IRunningServer
{
    /// <inheritdoc />
    public Task StopAsync(bool orderly, CancellationToken cancellationToken) => Task.CompletedTask;
}

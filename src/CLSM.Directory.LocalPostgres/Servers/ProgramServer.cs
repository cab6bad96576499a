using CLSM.Directory.LocalPostgres.Homes;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>A server that runs as a process of this machine.</summary>
internal sealed class ProgramServer(ClusterHome home, ConnectionRecord record, string origin) : IRunningServer
{
    /// <inheritdoc />
    public string ConnectionString { get; } = ServerAnswer.ConnectionString(record.Port, record.Password);

    /// <inheritdoc />
    public string Origin => origin;

    /// <inheritdoc />
    public int? ProcessId { get; } = Postmaster.Find(home.Data)?.ProcessId;

    /// <inheritdoc />
    public Task StopAsync(bool orderly, CancellationToken cancellationToken) =>
        RunningServers.EndAsync(home, orderly, cancellationToken);
}

using CLSM.Directory.LocalPostgres.DataDirectories;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>A server that is a process of this machine.</summary>
internal sealed class ProgramServer(ClusterDirectory cluster, ConnectionRecord record, string origin) : IRunningServer
{
    /// <inheritdoc />
    public string ConnectionString { get; } = ServerStatus.ConnectionString(record.Port, record.Password);

    /// <inheritdoc />
    public string Origin => origin;

    /// <inheritdoc />
    public int? ProcessId { get; } = Postmaster.Find(cluster.Data)?.ProcessId;

    /// <inheritdoc />
    public Task StopAsync(bool orderly, CancellationToken cancellationToken) =>
        RunningServers.StopAsync(cluster, orderly, cancellationToken);
}

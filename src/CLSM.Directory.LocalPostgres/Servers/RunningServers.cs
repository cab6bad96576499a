using CLSM.Directory.LocalPostgres.DataDirectories;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>Adopts, joins and stops servers that this process has not started.</summary>
internal static class RunningServers
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Adopts the server that a killed owner left running. Stops it instead if it does not answer, or if its durability
    /// differs from the requested one. Only the owner of the directory may call this.
    /// </summary>
    public static async Task<IRunningServer?> AdoptAsync(ClusterDirectory cluster, bool durable, CancellationToken cancellationToken)
    {
        var record = cluster.ReadConnection();
        var postmaster = Postmaster.Find(cluster.Data);
        var isRunning = postmaster is not null
            || (record?.Container is { } left && await ContainerCommand.IsRunningAsync(left, cancellationToken));
        var port = postmaster?.Port ?? record?.Port ?? 0;
        var status = isRunning && record is not null
            ? await ServerStatus.QueryAsync(port, record.Password, Timeout, cancellationToken)
            : null;
        if (record is null || status is null || status.IsDurable != durable)
        {
            // A server that hangs would not stop in an orderly way either, and its write-ahead log repairs the data.
            await StopAsync(cluster, orderly: status is not null, cancellationToken);
            return null;
        }

        if (port != record.Port)
        {
            cluster.WriteConnection(record with { Port = port });
        }

        var origin = $"PostgreSQL {status.Version}, which an earlier process left running on {cluster.Root}";
        return record.Container is null
            ? new ProgramServer(cluster, record with { Port = port }, origin)
            : new ContainerServer(record.Container, port, record.Password, origin);
    }

    /// <summary>The server of the owner of the directory, if it answers.</summary>
    public static async Task<IRunningServer?> JoinAsync(ClusterDirectory cluster, TimeSpan timeout, CancellationToken cancellationToken) =>
        cluster.ReadConnection() is { } record
            && await ServerStatus.QueryAsync(record.Port, record.Password, timeout, cancellationToken) is { } status
            ? new ExternalServer(
                ServerStatus.ConnectionString(record.Port, record.Password),
                $"PostgreSQL {status.Version} of process {cluster.OwnerProcessId()}, on {cluster.Root}",
                Postmaster.Find(cluster.Data)?.ProcessId)
            : null;

    /// <summary>Stops every server of a directory.</summary>
    public static async Task StopAsync(ClusterDirectory cluster, bool orderly, CancellationToken cancellationToken)
    {
        if (Postmaster.Find(cluster.Data) is { } postmaster)
        {
            await postmaster.StopAsync(cluster.Data, orderly, cancellationToken);
        }

        if (cluster.ReadConnection()?.Container is { } container)
        {
            await ContainerCommand.StopAsync(container, orderly, cancellationToken);
        }
    }
}

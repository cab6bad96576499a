using System.Diagnostics;
using System.Security.Cryptography;
using CLSM.Directory.LocalPostgres.DataDirectories;
using CLSM.Directory.LocalPostgres.Errors;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>
/// PostgreSQL's image in a container engine. A persistent cluster keeps its data in a named volume; a temporary one has
/// none. Tested only with a stand-in for Docker, not with a real engine.
/// </summary>
internal sealed class ContainerSource(string engine, string image) : IServerSource
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <inheritdoc />
    public string Origin => $"the image {image} in {engine}";

    /// <inheritdoc />
    public async Task<StartedServer> StartAsync(ClusterDirectory cluster, bool durable, CancellationToken cancellationToken)
    {
        var existing = cluster.ReadConnection();
        var record = existing?.Container is null ? CreateRecord(cluster) : existing;
        var container = record.Container! with { Engine = engine };

        // Write the record first: if this process is killed, the next one must know what to remove.
        cluster.WriteConnection(record with { Container = container });
        await ContainerCommand.RemoveAsync(container, cancellationToken);
        var run = await ContainerCommand.Run(container, record.Password, durable).RunAsync(Timeout, cancellationToken);
        if (!run.Succeeded)
        {
            throw new LocalPostgresException(
                $"The container {container.Name} could not be started with {engine}:{Environment.NewLine}{run.Text}");
        }

        var port = await ContainerCommand.PortAsync(container, cancellationToken)
            ?? throw new LocalPostgresException($"The container {container.Name} runs, but {engine} does not say its port.");
        await WaitAsync(container, port, record.Password, cancellationToken);
        cluster.WriteConnection(record with { Port = port, Container = container });
        return new StartedServer(new ContainerServer(container, port, record.Password, Origin), IsNew: existing?.Container is null);
    }

    private static async Task WaitAsync(ContainerRecord container, int port, string password, CancellationToken cancellationToken)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Timeout && await ContainerCommand.IsRunningAsync(
            container, cancellationToken);)
        {
            if (await ServerStatus.QueryAsync(port, password, TimeSpan.FromSeconds(2), cancellationToken) is not null)
            {
                return;
            }
        }

        var log = await ContainerCommand.LogTailAsync(container, cancellationToken);
        await ContainerCommand.RemoveAsync(container, cancellationToken);
        throw new LocalPostgresException(
            $"PostgreSQL in the container {container.Name} did not answer on port {port}. The end of its log:{Environment.NewLine}{log}");
    }

    private ConnectionRecord CreateRecord(ClusterDirectory cluster)
    {
        // Use a new name each time: a volume that could not be removed must not be mistaken for a new one.
        var name = "clsm-directory-" + RandomNumberGenerator.GetHexString(12, lowercase: true);
        var container = new ContainerRecord(engine, image, name, cluster.IsTemporary ? null : name);
        return new ConnectionRecord(Port: 0, RandomNumberGenerator.GetHexString(40, lowercase: true), container);
    }
}

/// <summary>A server in a container.</summary>
internal sealed class ContainerServer(ContainerRecord container, int port, string password, string origin) : IRunningServer
{
    /// <inheritdoc />
    public string ConnectionString { get; } = ServerStatus.ConnectionString(port, password);

    /// <inheritdoc />
    public string Origin => origin;

    /// <summary>Not known: most engines run containers in a virtual machine.</summary>
    public int? ProcessId => null;

    /// <inheritdoc />
    public Task StopAsync(bool orderly, CancellationToken cancellationToken) =>
        ContainerCommand.StopAsync(container, orderly, cancellationToken);
}

using System.Diagnostics;
using System.Security.Cryptography;
using CLSM.Directory.LocalPostgres.Homes;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>
/// PostgreSQL's image in a container engine. A lasting cluster keeps its data in a named volume; of a throw-away one
/// nothing stays. Run against a stand-in for docker only: no engine answered on the machine this was written on.
/// </summary>
internal sealed class ContainerSource(string engine, string image) : IServerSource
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <inheritdoc />
    public string Origin => $"the image {image} in {engine}";

    /// <inheritdoc />
    public async Task<StartedServer> StartAsync(ClusterHome home, bool durable, CancellationToken cancellationToken)
    {
        var known = home.ReadConnection();
        var record = known?.Container is null ? New(home) : known;
        var container = record.Container! with { Engine = engine };

        // Written down first: whoever comes after a killed owner must know what to remove.
        home.WriteConnection(record with { Container = container });
        await ContainerCommand.RemoveAsync(container, cancellationToken);
        var run = await ContainerCommand.Run(container, record.Password, durable).RunAsync(Limit, cancellationToken);
        if (!run.Succeeded)
        {
            throw new LocalPostgresException($"The container {container.Name} could not be started with {engine}:{Environment.NewLine}{run.Text}");
        }

        var port = await ContainerCommand.PortAsync(container, cancellationToken)
            ?? throw new LocalPostgresException($"The container {container.Name} runs, but {engine} does not tell its port.");
        await WaitAsync(container, port, record.Password, cancellationToken);
        home.WriteConnection(record with { Port = port, Container = container });
        return new StartedServer(new ContainerServer(container, port, record.Password, Origin), IsNew: known?.Container is null);
    }

    private static async Task WaitAsync(ContainerRecord container, int port, string password, CancellationToken cancellationToken)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Limit && await ContainerCommand.IsRunningAsync(container, cancellationToken);)
        {
            if (await ServerAnswer.AskAsync(port, password, TimeSpan.FromSeconds(2), cancellationToken) is not null)
            {
                return;
            }
        }

        var log = await ContainerCommand.LogTailAsync(container, cancellationToken);
        await ContainerCommand.RemoveAsync(container, cancellationToken);
        throw new LocalPostgresException($"PostgreSQL in the container {container.Name} did not answer on port {port}. The end of its log:{Environment.NewLine}{log}");
    }

    private ConnectionRecord New(ClusterHome home)
    {
        // A name of its own each time, so that a volume which could not be removed is never taken for a new one.
        var name = "clsm-directory-" + RandomNumberGenerator.GetHexString(12, lowercase: true);
        var container = new ContainerRecord(engine, image, name, home.IsThrowAway ? null : name);
        return new ConnectionRecord(Port: 0, RandomNumberGenerator.GetHexString(40, lowercase: true), container);
    }
}

/// <summary>A server that runs in a container.</summary>
internal sealed class ContainerServer(ContainerRecord container, int port, string password, string origin) : IRunningServer
{
    /// <inheritdoc />
    public string ConnectionString { get; } = ServerAnswer.ConnectionString(port, password);

    /// <inheritdoc />
    public string Origin => origin;

    /// <summary>The engine's own affair, and on another machine's kernel for most.</summary>
    public int? ProcessId => null;

    /// <inheritdoc />
    public Task StopAsync(bool orderly, CancellationToken cancellationToken) =>
        ContainerCommand.EndAsync(container, orderly, cancellationToken);
}

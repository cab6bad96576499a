using CLSM.Directory.LocalPostgres.DataDirectories;
using CLSM.Directory.LocalPostgres.Processes;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>
/// The commands to a container engine, which Docker and Podman both accept. Tested only with a stand-in for Docker, not
/// with a real engine.
/// </summary>
internal static class ContainerCommand
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(40);

    /// <summary>
    /// Creates and starts the container. The password is an environment variable of the command line program, because every
    /// user of the machine can read arguments.
    /// </summary>
    public static Command Run(ContainerRecord container, string password, bool durable)
    {
        string[] data = container.Volume is { } volume ? ["--volume", $"{volume}:/var/lib/postgresql/data"] : ["--rm"];
        string[] fastOptions = durable
            ? []
            :
            [
                "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
                "-c", "max_connections=200", "-c", "shared_buffers=128MB",
            ];
        return new Command(
            container.Engine,
            [
                "run", "--detach", "--name", container.Name,
                "--publish", "127.0.0.1::5432",
                "--env", "POSTGRES_PASSWORD",
                "--env", "POSTGRES_HOST_AUTH_METHOD=scram-sha-256",
                "--env", "POSTGRES_INITDB_ARGS=--auth=scram-sha-256 --encoding=UTF8 --locale=C",
                .. data,
                container.Image, "postgres", .. fastOptions,
            ])
        {
            Variables = new Dictionary<string, string> { ["POSTGRES_PASSWORD"] = password },
        };
    }

    /// <summary>The published port.</summary>
    public static async Task<int?> PortAsync(ContainerRecord container, CancellationToken cancellationToken)
    {
        var output = await new Command(container.Engine, "port", container.Name, "5432/tcp").RunAsync(Timeout, cancellationToken);
        return output.Succeeded && int.TryParse(output.StandardOutput.Split('\n')[0].Split(':')[^1], out var port) ? port : null;
    }

    /// <summary>True if the container runs.</summary>
    public static async Task<bool> IsRunningAsync(ContainerRecord container, CancellationToken cancellationToken) =>
        (await new Command(
            container.Engine, "inspect", "--format", "{{.State.Running}}", container.Name).RunAsync(Timeout, cancellationToken))
        .StandardOutput.Trim() == "true";

    /// <summary>The last lines of the log.</summary>
    public static async Task<string> LogTailAsync(ContainerRecord container, CancellationToken cancellationToken) =>
        (await new Command(container.Engine, "logs", "--tail", "15", container.Name).RunAsync(Timeout, cancellationToken)).Text;

    /// <summary>Stops the container and removes it. In an orderly stop the image uses PostgreSQL's fast shutdown.</summary>
    public static async Task StopAsync(ContainerRecord container, bool orderly, CancellationToken cancellationToken)
    {
        if (orderly)
        {
            await new Command(container.Engine, "stop", "--time", "20", container.Name).RunAsync(Timeout, cancellationToken);
        }

        await RemoveAsync(container, cancellationToken);
    }

    /// <summary>Removes the container, running or not. A named volume stays.</summary>
    public static Task RemoveAsync(ContainerRecord container, CancellationToken cancellationToken) =>
        new Command(container.Engine, "rm", "--force", "--volumes", container.Name).RunAsync(Timeout, cancellationToken);

    /// <summary>Removes the data of a persistent cluster.</summary>
    public static Task<CommandOutput> RemoveVolumeAsync(ContainerRecord container, CancellationToken cancellationToken) =>
        new Command(container.Engine, "volume", "rm", "--force", container.Volume!).RunAsync(Timeout, cancellationToken);
}

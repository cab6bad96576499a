using CLSM.Directory.LocalPostgres.Homes;
using CLSM.Directory.LocalPostgres.Processes;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>
/// The words to a container engine; Docker and Podman understand the same ones. Run against a stand-in for docker
/// only: no engine answered on the machine this was written on.
/// </summary>
internal static class ContainerCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    /// <summary>
    /// Creates and starts it. The password goes through the environment of the command line program: an argument
    /// could be read by every user of the machine.
    /// </summary>
    public static Command Run(ContainerRecord container, string password, bool durable)
    {
        string[] data = container.Volume is { } volume ? ["--volume", $"{volume}:/var/lib/postgresql/data"] : ["--rm"];
        string[] haste = durable
            ? []
            : ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=200", "-c", "shared_buffers=128MB"];
        return new Command(
            container.Engine,
            [
                "run", "--detach", "--name", container.Name,
                "--publish", "127.0.0.1::5432",
                "--env", "POSTGRES_PASSWORD",
                "--env", "POSTGRES_HOST_AUTH_METHOD=scram-sha-256",
                "--env", "POSTGRES_INITDB_ARGS=--auth=scram-sha-256 --encoding=UTF8 --locale=C",
                .. data,
                container.Image, "postgres", .. haste,
            ])
        {
            Variables = new Dictionary<string, string> { ["POSTGRES_PASSWORD"] = password },
        };
    }

    /// <summary>Where it was published.</summary>
    public static async Task<int?> PortAsync(ContainerRecord container, CancellationToken cancellationToken)
    {
        var output = await new Command(container.Engine, "port", container.Name, "5432/tcp").RunAsync(Limit, cancellationToken);
        return output.Succeeded && int.TryParse(output.StandardOutput.Split('\n')[0].Split(':')[^1], out var port) ? port : null;
    }

    /// <summary>It has not ended.</summary>
    public static async Task<bool> IsRunningAsync(ContainerRecord container, CancellationToken cancellationToken) =>
        (await new Command(container.Engine, "inspect", "--format", "{{.State.Running}}", container.Name).RunAsync(Limit, cancellationToken))
        .StandardOutput.Trim() == "true";

    /// <summary>The end of what it said.</summary>
    public static async Task<string> LogTailAsync(ContainerRecord container, CancellationToken cancellationToken) =>
        (await new Command(container.Engine, "logs", "--tail", "15", container.Name).RunAsync(Limit, cancellationToken)).Text;

    /// <summary>Ends it, if it runs, and removes it. In good order: the image makes that PostgreSQL's fast shutdown.</summary>
    public static async Task EndAsync(ContainerRecord container, bool orderly, CancellationToken cancellationToken)
    {
        if (orderly)
        {
            await new Command(container.Engine, "stop", "--time", "20", container.Name).RunAsync(Limit, cancellationToken);
        }

        await RemoveAsync(container, cancellationToken);
    }

    /// <summary>Removes the container, running or not, but no named volume.</summary>
    public static Task RemoveAsync(ContainerRecord container, CancellationToken cancellationToken) =>
        new Command(container.Engine, "rm", "--force", "--volumes", container.Name).RunAsync(Limit, cancellationToken);

    /// <summary>Removes the data of a lasting cluster.</summary>
    public static Task<Output> RemoveVolumeAsync(ContainerRecord container, CancellationToken cancellationToken) =>
        new Command(container.Engine, "volume", "rm", "--force", container.Volume!).RunAsync(Limit, cancellationToken);
}

using CLSM.Directory.LocalPostgres.Processes;
using CLSM.Directory.LocalPostgres.Servers;

namespace CLSM.Directory.LocalPostgres.Providers;

/// <summary>
/// The last provider: the first container engine that answers. Tested only with a stand-in for Docker, not with a real engine.
/// </summary>
internal sealed class ContainerEngine(string? path) : IPostgresProvider
{
    private const string Image = "postgres:17-alpine";
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PullTimeout = TimeSpan.FromMinutes(5);

    // "docker version" fails without the daemon. Podman has no daemon; "podman info" fails if its virtual machine is off.
    private static readonly (string Program, string Check)[] Engines = [("docker", "version"), ("podman", "info")];

    /// <summary>Searches PATH.</summary>
    public ContainerEngine()
        : this(path: null)
    {
    }

    /// <inheritdoc />
    public string Name => "container";

    /// <inheritdoc />
    public async Task<ProbeResult> ProbeAsync(ServerRequirements requirements, CancellationToken cancellationToken)
    {
        if (requirements is { Major: { } major, Container: null })
        {
            return ProbeResult.Unavailable($"a container cannot use the data, which programs of PostgreSQL {major} have created");
        }

        var reasons = new List<string>();
        foreach (var (name, check) in Engines)
        {
            if (ProgramPath.Find(name, path) is not { } program)
            {
                reasons.Add($"{name} is not on PATH");
                continue;
            }

            // Only the engine that created the volume has it.
            if (requirements.Container is { } container && Path.GetFileName(container.Engine) != Path.GetFileName(program))
            {
                reasons.Add($"{name} does not have the volume");
                continue;
            }

            var image = requirements.Container?.Image ?? Image;
            var answer = await new Command(program, check).RunAsync(AnswerTimeout, cancellationToken);
            var reason = answer.Succeeded
                ? await MissesImageAsync(program, image, requirements, cancellationToken)
                : $"{name} does not answer ({answer.LastLine})";
            if (reason is null)
            {
                return ProbeResult.Available(new ContainerSource(program, image));
            }

            reasons.Add(reason);
        }

        return ProbeResult.Unavailable(string.Join("; ", reasons));
    }

    private static async Task<string?> MissesImageAsync(
        string program,
        string image,
        ServerRequirements requirements,
        CancellationToken cancellationToken)
    {
        if ((await new Command(program, "image", "inspect", image).RunAsync(AnswerTimeout, cancellationToken)).Succeeded)
        {
            return null;
        }

        requirements.Progress($"pulling {image} with {program} (once)");
        var pull = await new Command(program, "pull", image).RunAsync(PullTimeout, cancellationToken);
        return pull.Succeeded ? null : $"{Path.GetFileName(program)} cannot pull {image} ({pull.LastLine})";
    }
}

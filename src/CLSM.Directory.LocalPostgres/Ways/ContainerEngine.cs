using CLSM.Directory.LocalPostgres.Processes;
using CLSM.Directory.LocalPostgres.Servers;

namespace CLSM.Directory.LocalPostgres.Ways;

/// <summary>
/// The last way: whichever container engine answers. Run against a stand-in for docker only: no engine answered on
/// the machine this was written on.
/// </summary>
internal sealed class ContainerEngine(string? path) : IWay
{
    private const string Image = "postgres:17-alpine";
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PullLimit = TimeSpan.FromMinutes(5);

    // Docker's "version" fails without its daemon; Podman has none, and "info" fails where its machine is off.
    private static readonly (string Program, string Question)[] Engines = [("docker", "version"), ("podman", "info")];

    /// <summary>Looks on PATH.</summary>
    public ContainerEngine()
        : this(path: null)
    {
    }

    /// <inheritdoc />
    public string Word => "container";

    /// <inheritdoc />
    public async Task<Finding> LookAsync(Need need, CancellationToken cancellationToken)
    {
        if (need is { Major: { } major, Container: null })
        {
            return Finding.Closed($"a container cannot use the data, which programs of PostgreSQL {major} have made");
        }

        var reasons = new List<string>();
        foreach (var (name, question) in Engines)
        {
            if (ProgramPath.Find(name, path) is not { } program)
            {
                reasons.Add($"{name} is not on PATH");
                continue;
            }

            // The volume is in the engine that made it, and in no other.
            if (need.Container is { } container && Path.GetFileName(container.Engine) != Path.GetFileName(program))
            {
                reasons.Add($"{name} does not have the volume");
                continue;
            }

            var image = need.Container?.Image ?? Image;
            var answer = await new Command(program, question).RunAsync(AnswerLimit, cancellationToken);
            var whyNot = answer.Succeeded ? await MissesImageAsync(program, image, need, cancellationToken) : $"{name} does not answer ({answer.LastLine})";
            if (whyNot is null)
            {
                return Finding.Open(new ContainerSource(program, image));
            }

            reasons.Add(whyNot);
        }

        return Finding.Closed(string.Join("; ", reasons));
    }

    private static async Task<string?> MissesImageAsync(string program, string image, Need need, CancellationToken cancellationToken)
    {
        if ((await new Command(program, "image", "inspect", image).RunAsync(AnswerLimit, cancellationToken)).Succeeded)
        {
            return null;
        }

        need.Progress($"pulling {image} with {program} (once)");
        var pull = await new Command(program, "pull", image).RunAsync(PullLimit, cancellationToken);
        return pull.Succeeded ? null : $"{Path.GetFileName(program)} cannot pull {image} ({pull.LastLine})";
    }
}

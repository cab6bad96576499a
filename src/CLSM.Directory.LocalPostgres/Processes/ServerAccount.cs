using CLSM.Directory.LocalPostgres.Errors;

namespace CLSM.Directory.LocalPostgres.Processes;

/// <summary>
/// The user that runs PostgreSQL's programs. They refuse root, so root runs them as an unprivileged user; an ordinary
/// user runs them directly. On Windows they drop the rights of an administrator.
/// </summary>
internal sealed class ServerAccount
{
    private static readonly string[] UserNames = ["postgres", "nobody"];
    private readonly Entry? user;
    private readonly IReadOnlyList<string> prefix;

    private ServerAccount(Entry? user, IReadOnlyList<string> prefix) => (this.user, this.prefix) = (user, prefix);

    /// <summary>True if this process is root, so that the server needs another user.</summary>
    public static bool IsNeeded => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    /// <summary>Finds a way to run the server programs on this machine, by trying it.</summary>
    /// <exception cref="LocalPostgresException">This process is root, and no tool can run a program as another user.</exception>
    public static async Task<ServerAccount> ChooseAsync(CancellationToken cancellationToken)
    {
        if (!IsNeeded)
        {
            return new ServerAccount(null, []);
        }

        var entries = await File.ReadAllLinesAsync("/etc/passwd", cancellationToken);
        var user = UserNames.Select(name => Entry.In(entries, name)).FirstOrDefault(entry => entry is not null)
            ?? throw new LocalPostgresException(
                "PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody. Run this as an ordinary user.");
        var reasons = new List<string>();
        foreach (var (tool, arguments) in Switches(user))
        {
            if (ProgramPath.Find(tool) is not { } program)
            {
                reasons.Add($"{tool} is not on PATH");
                continue;
            }

            var trial = await new Command(program, [.. arguments, "true"]).RunAsync(TimeSpan.FromSeconds(10), cancellationToken);
            if (trial.Succeeded)
            {
                return new ServerAccount(user, [program, .. arguments]);
            }

            reasons.Add($"{tool}: {trial.LastLine}");
        }

        throw new LocalPostgresException(
            $"PostgreSQL refuses to run as root, and nothing here runs it as {user.Name} ({string.Join("; ", reasons)}). "
            + "Run this as an ordinary user, or install util-linux (setpriv).");
    }

    /// <summary>Creates the command that runs a server program as this user.</summary>
    public Command CreateCommand(string program, params IReadOnlyList<string> arguments) =>
        prefix.Count == 0 ? new Command(program, arguments) : new Command(prefix[0], [.. prefix.Skip(1), program, .. arguments]);

    /// <summary>Makes this user the owner of a path.</summary>
    public void TakeOwnership(string path)
    {
        if (user is not null)
        {
            Unix.ChangeOwner(path, user.Id, user.Group);
        }
    }

    // Prefer setpriv, which leaves no process between. The others are for systems without it (macOS has only sudo).
    private static IEnumerable<(string Tool, string[] Arguments)> Switches(Entry user) =>
    [
        ("setpriv", [$"--reuid={user.Id}", $"--regid={user.Group}", "--clear-groups", "--"]),
        ("runuser", ["-u", user.Name, "--"]),
        ("sudo", ["-n", "-u", user.Name, "--"]),
    ];

    private sealed record Entry(string Name, uint Id, uint Group)
    {
        public static Entry? In(IEnumerable<string> lines, string name)
        {
            var fields = lines.Select(line => line.Split(':')).FirstOrDefault(f => f.Length > 3 && f[0] == name);
            return fields is not null && uint.TryParse(fields[2], out var id) && uint.TryParse(fields[3], out var group)
                ? new Entry(name, id, group)
                : null;
        }
    }
}

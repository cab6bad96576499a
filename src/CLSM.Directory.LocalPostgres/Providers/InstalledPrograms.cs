using CLSM.Directory.LocalPostgres.DataDirectories;
using CLSM.Directory.LocalPostgres.Errors;
using CLSM.Directory.LocalPostgres.Processes;
using CLSM.Directory.LocalPostgres.Servers;

namespace CLSM.Directory.LocalPostgres.Providers;

/// <summary>PostgreSQL's programs as a package manager or an installer has installed them. Takes the newest suitable version.</summary>
internal sealed class InstalledPrograms(
    Func<IEnumerable<string>> directories,
    Func<string, CancellationToken, Task<CommandOutput>> queryVersion) : IPostgresProvider
{
    /// <summary>Searches PATH and the well-known paths of this system.</summary>
    public InstalledPrograms()
        : this(WellKnownPaths.Directories, ProgramVersion.QueryAsync)
    {
    }

    /// <inheritdoc />
    public string Name => "installed";

    /// <inheritdoc />
    public async Task<ProbeResult> ProbeAsync(ServerRequirements requirements, CancellationToken cancellationToken)
    {
        if (requirements.ProgramsUnusable is { } why)
        {
            return ProbeResult.Unavailable(why);
        }

        var candidates = new List<(string Directory, PostgresVersion Version)>();
        var unusable = new List<string>();
        foreach (var directory in directories().Where(
            directory => File.Exists(ProgramPath.In(directory, "postgres"))).Select(ResolveLinks).Distinct())
        {
            var (version, reason) = await CheckAsync(directory, requirements, cancellationToken);
            if (version is not null)
            {
                candidates.Add((directory, version));
            }
            else
            {
                unusable.Add(reason);
            }
        }

        if (candidates.Count == 0)
        {
            return ProbeResult.Unavailable(unusable.Count == 0
                ? $"no PostgreSQL {PostgresVersion.MinMajor} or later on PATH or in the usual places"
                : string.Join("; ", unusable));
        }

        try
        {
            var (directory, version) = candidates.MaxBy(candidate => candidate.Version.Major);
            return ProbeResult.Available(
                new ServerPrograms(directory, version, directory, await ServerAccount.ChooseAsync(cancellationToken)));
        }
        catch (LocalPostgresException e)
        {
            return ProbeResult.Unavailable(e.Message);
        }
    }

    /// <summary>Follows the links of a directory such as /usr/local/bin, if all programs are in the target directory.</summary>
    private static string ResolveLinks(string directory)
    {
        var target = File.ResolveLinkTarget(ProgramPath.In(directory, "postgres"), returnFinalTarget: true);
        return target is not null && Path.GetDirectoryName(target.FullName) is { } real
            && ServerPrograms.Needed.All(program => File.Exists(ProgramPath.In(real, program)))
                ? real
                : directory;
    }

    private async Task<(PostgresVersion? Version, string Reason)> CheckAsync(
        string directory,
        ServerRequirements requirements,
        CancellationToken cancellationToken)
    {
        var output = await queryVersion(directory, cancellationToken);
        if (PostgresVersion.Parse(output.StandardOutput) is not { } version)
        {
            return (null, $"{directory} does not print its version ({output.LastLine})");
        }

        if (version.Major < PostgresVersion.MinMajor)
        {
            return (null, $"PostgreSQL {version} in {directory} is older than {PostgresVersion.MinMajor}");
        }

        if (!requirements.AcceptsMajor(version.Major))
        {
            return (null, $"found PostgreSQL {version} in {directory}");
        }

        if (ServerPrograms.Needed.FirstOrDefault(program => !File.Exists(ProgramPath.In(directory, program))) is { } missing)
        {
            return (null, $"PostgreSQL {version} in {directory} has no {missing}");
        }

        return FilePermissions.FindBlockingParent(ProgramPath.In(directory, "postgres")) is { } closed
            ? (null, $"PostgreSQL {version} in {directory} is out of reach for the user it would run as ({closed})")
            : (version, "");
    }
}

/// <summary>Reads the version of the programs in a directory.</summary>
internal static class ProgramVersion
{
    /// <summary>Runs <c>postgres --version</c>, which works even for root.</summary>
    public static Task<CommandOutput> QueryAsync(string directory, CancellationToken cancellationToken) =>
        new Command(ProgramPath.In(directory, "postgres"), "--version").RunAsync(TimeSpan.FromSeconds(10), cancellationToken);
}

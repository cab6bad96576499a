using CLSM.Directory.LocalPostgres.Homes;
using CLSM.Directory.LocalPostgres.Processes;
using CLSM.Directory.LocalPostgres.Servers;

namespace CLSM.Directory.LocalPostgres.Ways;

/// <summary>PostgreSQL's programs where a package manager or an installer has put them: the newest that fits.</summary>
internal sealed class InstalledPrograms(
    Func<IEnumerable<string>> directories,
    Func<string, CancellationToken, Task<Output>> askVersion) : IWay
{
    /// <summary>Looks on PATH and in the usual places of this system.</summary>
    public InstalledPrograms()
        : this(UsualPlaces.Directories, ProgramVersion.AskAsync)
    {
    }

    /// <inheritdoc />
    public string Word => "installed";

    /// <inheritdoc />
    public async Task<Finding> LookAsync(Need need, CancellationToken cancellationToken)
    {
        if (need.NoPrograms is { } why)
        {
            return Finding.Closed(why);
        }

        var found = new List<(string Directory, PostgresVersion Version)>();
        var unusable = new List<string>();
        foreach (var directory in directories().Where(directory => File.Exists(ProgramPath.In(directory, "postgres"))).Select(Real).Distinct())
        {
            var (version, whyNot) = await JudgeAsync(directory, need, cancellationToken);
            if (version is not null)
            {
                found.Add((directory, version));
            }
            else
            {
                unusable.Add(whyNot);
            }
        }

        if (found.Count == 0)
        {
            return Finding.Closed(unusable.Count == 0
                ? $"no PostgreSQL {PostgresVersion.Oldest} or later on PATH or in the usual places"
                : string.Join("; ", unusable));
        }

        try
        {
            var (directory, version) = found.MaxBy(candidate => candidate.Version.Major);
            return Finding.Open(new ServerPrograms(directory, version, directory, await ServerAccount.ChooseAsync(cancellationToken)));
        }
        catch (LocalPostgresException e)
        {
            return Finding.Closed(e.Message);
        }
    }

    /// <summary>Where a directory of links (such as /usr/local/bin) has its programs from, if all of them are there.</summary>
    private static string Real(string directory)
    {
        var target = File.ResolveLinkTarget(ProgramPath.In(directory, "postgres"), returnFinalTarget: true);
        return target is not null && Path.GetDirectoryName(target.FullName) is { } real
            && ServerPrograms.Needed.All(program => File.Exists(ProgramPath.In(real, program)))
                ? real
                : directory;
    }

    private async Task<(PostgresVersion? Version, string WhyNot)> JudgeAsync(string directory, Need need, CancellationToken cancellationToken)
    {
        var output = await askVersion(directory, cancellationToken);
        if (PostgresVersion.Parse(output.StandardOutput) is not { } version)
        {
            return (null, $"{directory} does not tell its version ({output.LastLine})");
        }

        if (version.Major < PostgresVersion.Oldest)
        {
            return (null, $"PostgreSQL {version} in {directory} is older than {PostgresVersion.Oldest}");
        }

        if (!need.FitsMajor(version.Major))
        {
            return (null, $"found PostgreSQL {version} in {directory}");
        }

        if (ServerPrograms.Needed.FirstOrDefault(program => !File.Exists(ProgramPath.In(directory, program))) is { } missing)
        {
            return (null, $"PostgreSQL {version} in {directory} has no {missing}");
        }

        return Access.BlockedBy(ProgramPath.In(directory, "postgres")) is { } closed
            ? (null, $"PostgreSQL {version} in {directory} is out of reach for the user it would run as ({closed})")
            : (version, "");
    }
}

/// <summary>Asks the programs of a directory which PostgreSQL they are.</summary>
internal static class ProgramVersion
{
    /// <summary>Runs <c>postgres --version</c>, which even root may.</summary>
    public static Task<Output> AskAsync(string directory, CancellationToken cancellationToken) =>
        new Command(ProgramPath.In(directory, "postgres"), "--version").RunAsync(TimeSpan.FromSeconds(10), cancellationToken);
}

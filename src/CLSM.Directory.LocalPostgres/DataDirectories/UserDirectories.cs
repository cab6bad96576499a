using System.Security.Cryptography;
using System.Text;
using CLSM.Directory.LocalPostgres.Errors;
using CLSM.Directory.LocalPostgres.Processes;

namespace CLSM.Directory.LocalPostgres.DataDirectories;

/// <summary>
/// The directories for this user's files. The server's user cannot enter root's home, so root uses system directories.
/// </summary>
internal static class UserDirectories
{
    private const string Name = "clsm-directory";

    /// <summary>The parent directory of all persistent clusters of this user.</summary>
    public static string Data => ServerAccount.IsNeeded && !OperatingSystem.IsMacOS()
        ? $"/var/lib/{Name}"
        : Path.Combine(GetFolder(Environment.SpecialFolder.LocalApplicationData), Name);

    /// <summary>The directory for files that can be downloaded again.</summary>
    public static string Cache
    {
        get
        {
            if (OperatingSystem.IsWindows())
            {
                return Path.Combine(GetFolder(Environment.SpecialFolder.LocalApplicationData), Name, "cache");
            }

            if (OperatingSystem.IsMacOS())
            {
                return Path.Combine(GetFolder(Environment.SpecialFolder.UserProfile), "Library", "Caches", Name);
            }

            if (ServerAccount.IsNeeded)
            {
                return $"/var/cache/{Name}";
            }

            return Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { } cache && Path.IsPathFullyQualified(cache)
                ? Path.Combine(cache, Name)
                : Path.Combine(GetFolder(Environment.SpecialFolder.UserProfile), ".cache", Name);
        }
    }

    /// <summary>The parent directory of temporary clusters: the temporary directory, if the server's user can enter it.</summary>
    public static string Temporary
    {
        get
        {
            var temporary = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.GetTempPath()));
            return ServerAccount.IsNeeded && FilePermissions.FindBlockingParent(Path.Combine(temporary, "any")) is not null
                ? "/tmp"
                : temporary;
        }
    }

    /// <summary>The name of the checkout, to be readable, and a hash of its full path, to be unique.</summary>
    public static string NameFor(string checkout)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(checkout));
        var hashed = OperatingSystem.IsWindows() ? path.ToUpperInvariant() : path;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hashed)))[..12];
        var readable = new string([.. Path.GetFileName(path).Take(32).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
        return readable.Length > 0 ? $"{readable}-{hash}" : hash;
    }

    private static string GetFolder(Environment.SpecialFolder folder) =>
        Environment.GetFolderPath(folder, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } path
            ? path
            : throw new LocalPostgresException(
                "There is no home directory for this user (HOME is not set), so there is no directory for a persistent cluster.");
}

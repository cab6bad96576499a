using System.Security.Cryptography;
using System.Text;
using CLSM.Directory.LocalPostgres.Processes;

namespace CLSM.Directory.LocalPostgres.Homes;

/// <summary>
/// Where this user's lasting files live. Root's own home is closed to the server's user, so root has system places.
/// </summary>
internal static class UserPlaces
{
    private const string Name = "clsm-directory";

    /// <summary>The parent of all lasting clusters of this user.</summary>
    public static string Data => ServerAccount.IsNeeded && !OperatingSystem.IsMacOS()
        ? $"/var/lib/{Name}"
        : Path.Combine(Special(Environment.SpecialFolder.LocalApplicationData), Name);

    /// <summary>For what can be fetched again.</summary>
    public static string Cache
    {
        get
        {
            if (OperatingSystem.IsWindows())
            {
                return Path.Combine(Special(Environment.SpecialFolder.LocalApplicationData), Name, "cache");
            }

            if (OperatingSystem.IsMacOS())
            {
                return Path.Combine(Special(Environment.SpecialFolder.UserProfile), "Library", "Caches", Name);
            }

            if (ServerAccount.IsNeeded)
            {
                return $"/var/cache/{Name}";
            }

            return Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { } cache && Path.IsPathFullyQualified(cache)
                ? Path.Combine(cache, Name)
                : Path.Combine(Special(Environment.SpecialFolder.UserProfile), ".cache", Name);
        }
    }

    /// <summary>Where throw-away clusters are made: the temporary directory, if the server's user can enter it.</summary>
    public static string Temporary
    {
        get
        {
            var temporary = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.GetTempPath()));
            return ServerAccount.IsNeeded && Access.BlockedBy(Path.Combine(temporary, "any")) is not null ? "/tmp" : temporary;
        }
    }

    /// <summary>The checkout's own name, for the eye, and the hash of its full path, to tell namesakes apart.</summary>
    public static string NameFor(string checkout)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(checkout));
        var hashed = OperatingSystem.IsWindows() ? path.ToUpperInvariant() : path;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hashed)))[..12];
        var readable = new string([.. Path.GetFileName(path).Take(32).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
        return readable.Length > 0 ? $"{readable}-{hash}" : hash;
    }

    private static string Special(Environment.SpecialFolder folder) =>
        Environment.GetFolderPath(folder, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } path
            ? path
            : throw new LocalPostgresException("There is no home directory for this user (HOME is not set), so there is no place for a lasting cluster.");
}

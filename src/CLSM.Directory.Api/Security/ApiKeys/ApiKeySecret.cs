using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CLSM.Directory.Api.Security.Callers;

namespace CLSM.Directory.Api.Security.ApiKeys;

/// <summary>
/// The secret of a key: <c>clsm_</c>, 256 random bits and a checksum, so that a leaked one is recognised by scanners and a mistyped one
/// is told from a revoked one without asking the database. Only its SHA-256 is stored: so many random bits need no slow hash.
/// </summary>
internal static class ApiKeySecret
{
    private const string Prefix = "clsm_";
    private const int SecretLength = 43;
    private const int ChecksumLength = 6;

    public static string Create()
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return $"{Prefix}{secret}{Checksum(secret)}";
    }

    public static bool IsWellFormed(string key) =>
        key.Length == Prefix.Length + SecretLength + ChecksumLength
        && key.StartsWith(Prefix, StringComparison.Ordinal)
        && key.EndsWith(Checksum(key.Substring(Prefix.Length, SecretLength)), StringComparison.Ordinal);

    /// <summary>The key that a request shows, where it shows one.</summary>
    public static string? In(HttpRequest request) => BearerHeader.ValueOf(request) is { } key && IsWellFormed(key) ? key : null;

    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private static string Checksum(string secret) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes("checksum:" + secret)))[..ChecksumLength];
}

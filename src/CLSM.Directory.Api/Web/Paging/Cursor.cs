using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CLSM.Directory.Api.Web.Paging;

/// <summary>
/// The place of the last item of a page in its order. It is tied to the list and its filters by a hash of the question; it holds nothing
/// that the page itself did not show, so it needs no secret.
/// </summary>
internal sealed record Cursor(string Key, Guid Council, Guid Id)
{
    private const char Separator = '\n';

    public bool IsInstant => InstantOf(Key) is not null;

    public DateTime Instant => InstantOf(Key)!.Value;

    private static DateTime? InstantOf(string key) =>
        long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, DateTimeKind.Utc) : null;

    public static string KeyOf(DateTime instant) => instant.Ticks.ToString(CultureInfo.InvariantCulture);

    public string Write(string question) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(Separator, Hash(question), Council.ToString("N"), Id.ToString("N"), Key)));

    /// <summary>The cursor, or null where it is not one of this list in this order.</summary>
    public static Cursor? Read(string text, string question, bool isInstant)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];

        // The "try" of Base64Url throws where the last letter holds bits beyond the last byte.
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var length) is not OperationStatus.Done)
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split(Separator, 4);
        return parts.Length == 4
            && parts[0] == Hash(question)
            && (isInstant ? InstantOf(parts[3]) is not null : !parts[3].Contains('\0', StringComparison.Ordinal))
            && Guid.TryParseExact(parts[1], "N", out var council)
            && Guid.TryParseExact(parts[2], "N", out var id)
                ? new Cursor(parts[3], council, id)
                : null;
    }

    private static string Hash(string question) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question)))[..16];
}

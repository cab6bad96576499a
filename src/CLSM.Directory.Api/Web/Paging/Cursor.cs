using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CLSM.Directory.Api.Web.Paging;

/// <summary>
/// The position of the last item of a page in its order. A hash ties it to the list and its filters. It holds nothing that the page itself
/// did not show, so it needs no secret.
/// </summary>
internal sealed record Cursor(string Key, Guid Council, Guid Id)
{
    private const char Separator = '\n';

    /// <summary>A position in an order whose key is unique.</summary>
    public Cursor(string key)
        : this(key, Guid.Empty, Guid.Empty)
    {
    }

    /// <summary>A position in an order of instants.</summary>
    public Cursor(DateTime instant, Guid council, Guid id)
        : this(instant.Ticks.ToString(CultureInfo.InvariantCulture), council, id)
    {
    }

    /// <summary>The key of an order of instants.</summary>
    public DateTime Instant => InstantOf(Key)!.Value;

    /// <summary>The key of an order of numbers.</summary>
    public long Number => long.Parse(Key, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The instant of a key, or null where the key is none.</summary>
    public static DateTime? InstantOf(string key) =>
        long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
            ? new DateTime(ticks, DateTimeKind.Utc)
            : null;

    /// <summary>The cursor as text.</summary>
    /// <param name="scope">The list with its filters and its order, the same for all pages.</param>
    public string Write(string scope) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(Separator, Hash(scope), Council.ToString("N"), Id.ToString("N"), Key)));

    /// <summary>The cursor, or null where it is not one of this list in this order.</summary>
    public static Cursor? Read(string text, string scope, SortField sort)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];

        // The "try" of Base64Url throws where the last letter holds bits beyond the last byte.
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var length) is not OperationStatus.Done)
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split(Separator, 4);
        return parts.Length == 4
            && parts[0] == Hash(scope)
            && sort.Accepts(parts[3])
            && Guid.TryParseExact(parts[1], "N", out var council)
            && Guid.TryParseExact(parts[2], "N", out var id)
                ? new Cursor(parts[3], council, id)
                : null;
    }

    private static string Hash(string scope) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(scope)))[..16];
}

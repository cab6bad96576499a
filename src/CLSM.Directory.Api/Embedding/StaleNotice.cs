using System.Globalization;
using System.Text;

namespace CLSM.Directory.Api.Embedding;

/// <summary>A page that is shown although the directory does not answer says so to its reader.</summary>
internal static class StaleNotice
{
    /// <summary>The page with the notice; null where it is no whole page, such as content that is copied into another.</summary>
    public static byte[]? Into(byte[] page, string? mediaType, string? language, DateTimeOffset at)
    {
        var body = "<body>"u8;
        var place = mediaType?.StartsWith("text/html", StringComparison.Ordinal) == true ? page.AsSpan().IndexOf(body) : -1;
        if (place < 0)
        {
            return null;
        }

        place += body.Length;
        var words = language == EmbedWords.English.Language ? EmbedWords.English : EmbedWords.French;
        var (day, hour) = (words.Day(DateOnly.FromDateTime(at.UtcDateTime)), at.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture));
        var notice = Html.Of($"""

            <p class="clsm-notice" role="status">{words.Say(
                $"L’annuaire ne répond pas pour le moment. Cette page est celle du {day}, {hour} UTC.",
                $"The directory does not answer for the moment. This page is of {day}, {hour} UTC.")}</p>
            """);
        return [.. page.AsSpan(0, place), .. Encoding.UTF8.GetBytes(notice.ToString()), .. page.AsSpan(place)];
    }
}

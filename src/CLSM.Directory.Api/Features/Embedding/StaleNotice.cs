using System.Globalization;
using System.Text;
using CLSM.Directory.Api.StaleResponses;
using CLSM.Directory.Api.Web.Html;

namespace CLSM.Directory.Api.Features.Embedding;

/// <summary>A page that is shown although the directory does not answer says so to its reader.</summary>
internal sealed class StaleNotice : IStaleBodyDecorator
{
    /// <summary>Returns the page with the notice, or null if it is no whole page, such as content that is copied into another.</summary>
    public byte[]? Decorate(byte[] body, string? mediaType, string? language, DateTimeOffset confirmedAt)
    {
        var tag = "<body>"u8;
        var place = mediaType?.StartsWith("text/html", StringComparison.Ordinal) == true ? body.AsSpan().IndexOf(tag) : -1;
        if (place < 0)
        {
            return null;
        }

        place += tag.Length;
        var words = language == EmbedTexts.English.Language ? EmbedTexts.English : EmbedTexts.French;
        var (day, hour) = (words.Day(DateOnly.FromDateTime(confirmedAt.UtcDateTime)), confirmedAt.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture));
        var notice = Html.Of($"""

            <p class="clsm-notice" role="status">{words.Say(
                $"L’annuaire ne répond pas pour le moment. Cette page est celle du {day}, {hour} UTC.",
                $"The directory does not answer for the moment. This page is of {day}, {hour} UTC.")}</p>
            """);
        return [.. body.AsSpan(0, place), .. Encoding.UTF8.GetBytes(notice.ToString()), .. body.AsSpan(place)];
    }
}

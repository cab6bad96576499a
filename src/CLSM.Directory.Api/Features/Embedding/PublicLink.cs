using System.Buffers;
using CLSM.Directory.Api.Web.Html;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Api.Features.Embedding;

/// <summary>Links to what a council states. What is stated is checked on entry; a link is checked again, since it is clicked.</summary>
internal static class PublicLink
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    /// <summary>What an address in a link cannot hold without meaning something.</summary>
    private static readonly SearchValues<char> Meaning = SearchValues.Create("<>\"'?&%: ");

    /// <summary>The address if it is one of the web, else null: no other scheme is ever linked.</summary>
    public static string? WebAddress(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) && uri.UserInfo.Length == 0
            ? uri.AbsoluteUri
            : null;

    /// <summary>A link that leaves the frame, and says so; the text alone where the address is not one of the web.</summary>
    public static Html Outside(EmbedTexts words, string? address, string text) => WebAddress(address) is { } href
        ? Html.Of($"""<a href="{href}" target="_blank" rel="noopener noreferrer">{text}<span class="clsm-hidden" lang="{words.Language}"> {words.NewWindow}</span></a>""")
        : Html.Of($"{text}");

    public static Html Telephone(string number) => TextFormat.Of(PatternKind.Phone).Fits(number)
        ? Html.Of($"""<a href="tel:{number}">{Readable(number)}</a>""")
        : Html.Of($"{number}");

    public static Html Email(string email) => email.AsSpan().ContainsAny(Meaning) || !email.Contains('@', StringComparison.Ordinal)
        ? Html.Of($"{email}")
        : Html.Of($"""<a href="mailto:{email}">{email}</a>""");

    /// <summary>As it is written in France: 03 87 56 27 68.</summary>
    public static string Readable(string number) => number.StartsWith("+33", StringComparison.Ordinal) && number.Length == 12 && !number.AsSpan(3).ContainsAnyExcept(Digits)
        ? string.Join(' ', $"0{number[3..]}".Chunk(2).Select(pair => new string(pair)))
        : number;
}

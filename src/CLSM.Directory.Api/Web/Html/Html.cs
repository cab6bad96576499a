using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace CLSM.Directory.Api.Web.Html;

/// <summary>
/// Markup that is safe to send. It is written as an interpolated text: the text is markup, and every value put into it is encoded unless it is
/// markup itself. A text cannot become markup in any other way.
/// </summary>
internal readonly struct Html
{
    private readonly string? markup;

    private Html(string markup) => this.markup = markup;

    public static Html Nothing => default;

    public bool IsNothing => string.IsNullOrEmpty(markup);

    public static Html Of(HtmlText text) => new(text.ToString());

    public static Html Each<T>(IEnumerable<T>? items, Func<T, Html> write) => new(string.Concat((items ?? []).Select(item => write(item).ToString())));

    /// <summary>The parts that are there, one after the other.</summary>
    public static Html Join(string between, IEnumerable<Html> parts) => new(string.Join(HtmlText.Encode(between), parts.Where(part => !part.IsNothing).Select(part => part.ToString())));

    /// <summary>JSON-LD in an element of its own. Whoever writes the JSON escapes what could end the element.</summary>
    public static Html LinkedData(string json) => json.Contains('<', StringComparison.Ordinal)
        ? throw new ArgumentException("This JSON could end its element.", nameof(json))
        : new($"<script type=\"application/ld+json\">{json}</script>");

    public override string ToString() => markup ?? "";
}

/// <summary>An interpolated text whose values are encoded for the content of an element or of an attribute in double quotes.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlText
{
    /// <summary>French letters stay as they are; what has a meaning in HTML does not.</summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder markup;

    public HtmlText(int literalLength, int formattedCount) => markup = new StringBuilder(literalLength + (formattedCount * 32));

    public void AppendLiteral(string literal) => markup.Append(literal);

    /// <summary>The encoder writes "+" as an entity because of UTF-7, which these pages are not in; a hash that is copied by hand should look like itself.</summary>
    public static string Encode(string text) => Encoder.Encode(text).Replace("&#x2B;", "+", StringComparison.Ordinal);

    public void AppendFormatted(string? text) => markup.Append(text is null ? "" : Encode(text));

    public void AppendFormatted(int number) => markup.Append(System.Globalization.CultureInfo.InvariantCulture, $"{number}");

    public void AppendFormatted(Html html) => markup.Append(html);

    public override string ToString() => markup.ToString();
}

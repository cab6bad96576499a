using CLSM.Directory.Api.Web.Html;
using CLSM.Directory.Model.Councils;

namespace CLSM.Directory.Api.Features.Embedding;

/// <summary>Whose data it is, of which day, and where to read more: at the end of everything that is embedded.</summary>
internal static class Attribution
{
    /// <summary>For one council, with the sources of what is stated about it.</summary>
    public static Html OfCouncil(EmbedRequest request, Council council, string address)
    {
        var words = request.Words;
        return Html.Of($"""
            <footer class="clsm-source"{Named(request, council.Name)}>
            {Line(request, address, council.UpdatedAt)}
            {(council.Sources is { Count: > 0 } sources ? Html.Of($"""<p>{words.Sources}{words.Say(" :", ":")} {Html.Join(" ; ", sources.Select(source => Source(words, source)))}</p>""") : Html.Nothing)}
            </footer>
            """);
    }

    public static Html Of(EmbedRequest request, string title, string address, DateTimeOffset? updatedAt) =>
        Html.Of($"""<footer class="clsm-source"{Named(request, title)}>{Line(request, address, updatedAt)}</footer>""");

    /// <summary>The page around a frame has a footer too, and whoever listens to both tells them apart by their names. In a fragment it is no landmark.</summary>
    private static Html Named(EmbedRequest request, string title) => request.IsFragment ? Html.Nothing : Html.Of($" aria-label=\"{request.Words.Sources} – {title}\"");

    private static Html Line(EmbedRequest request, string address, DateTimeOffset? updatedAt)
    {
        var words = request.Words;
        return Html.Of($"""<p>{words.DataFrom} {PublicLink.Outside(words, address, "CLSM Directory")}{(updatedAt is { } instant ? Html.Of($", {words.UpdatedOn} {Day(words, DateOnly.FromDateTime(instant.UtcDateTime))}") : Html.Nothing)} · {words.Licence}</p>""");
    }

    private static Html Source(EmbedTexts words, Source source)
    {
        var day = source.UpdatedOn ?? source.RetrievedOn;
        var how = source.UpdatedOn is null ? words.ConsultedOn : words.SourceUpdatedOn;
        return Html.Of($"""<span lang="fr">{PublicLink.Outside(words, source.Url, source.Title ?? source.Publisher ?? source.Id)}</span>{(day is { } known ? Html.Of($", {how} {Day(words, known)}") : Html.Nothing)}""");
    }

    private static Html Day(EmbedTexts words, DateOnly day) => Html.Of($"""<time datetime="{day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)}">{words.Day(day)}</time>""");
}

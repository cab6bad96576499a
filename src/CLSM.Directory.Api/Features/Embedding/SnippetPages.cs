using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Features.Councils;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Html;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Model.Text;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Features.Embedding;

/// <summary>Builds what a partner pastes, with a preview, without any script: <c>/embed</c>.</summary>
internal static class SnippetPages
{
    private const int MaxFound = 20;

    private static readonly QueryParameter Search = new TextParameter("search", 100, "A council or a commune, as people write it.");

    private static readonly QueryParameter[] Words = [CouncilFilters.Council with { IsList = false }, CouncilFilters.Commune, CouncilFilters.Department, CouncilFilters.Region, CouncilFilters.Epci];

    public static async Task<IResult> ReadAsync(
        HttpContext context,
        PublishedDbContext published,
        ReadOptions reads,
        DocumentQueries documents,
        FilterResolver resolver,
        PlaceLookup places,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (request, errorPage) = EmbedRequest.Read(context, [Search, .. Words]);
        if (errorPage is not null)
        {
            return errorPage;
        }

        var chosen = Words.Where(word => request.Query.GetValues(word.Name) is not null).Select(word => (word.Name, Value: string.Join(',', request.Query.GetValues(word.Name)!))).ToList();
        if (chosen.Count == 0)
        {
            return Answer(request, await FoundAsync(request, published, places, cancellationToken));
        }

        var council = request.Query.GetValue(CouncilFilters.Council.Name);
        var path = council is null ? request.Address(CouncilListPages.Path, [.. chosen.Select(word => (word.Name, (string?)word.Value))]) : request.Address(CouncilPages.PathOf(council));
        var target = EmbedTarget.Of(request, path);
        var found = council is null ? null : await CouncilLookup.FindAsync(published, reads, documents, council, cancellationToken);
        if (target is null || (council is not null && found?.Council is null))
        {
            return MessagePage.Unknown(request, council ?? path);
        }

        if (!(await resolver.ResolveAsync(request.Query, cancellationToken)).TryGet(out _, out var problem))
        {
            return MessagePage.Of(request, problem);
        }

        var title = found?.Council?.Name ?? $"{request.Words.Councils}{request.Words.Say(" : ", ": ")}{await places.NameAsync(request.Query, cancellationToken)}";
        return Answer(request, Snippets(request, CouncilView.TodayOf(time), path, title, chosen, found));
    }

    private static HtmlResult Answer(EmbedRequest request, Html content)
    {
        var words = request.Words;
        var title = words.Say("Afficher un conseil sur votre site", "Show a council on your site");
        return new HtmlResult(request, () => PageFrame.Of(request, title, Html.Of($"""
            <main class="clsm clsm-wide" aria-label="{title}">
            <p class="clsm-kind">CLSM Directory</p>
            <h1 class="clsm-name">{title}</h1>
            <p>{words.Say(
                "Choisissez un conseil ou une commune, copiez une ligne, collez-la dans votre page. Toujours à jour, sans cookie, sans traceur, sans clé.",
                "Choose a council or a commune, copy a line, paste it into your page. Always fresh, without cookies, trackers or keys.")}</p>
            <form class="clsm-search" role="search" method="get" action="{request.Context.Request.PathBase.Value}/embed">
            <p><label for="search">{words.Say("Conseil ou commune", "Council or commune")}</label>
            <input id="search" name="search" type="text" value="{request.Query.GetValue(Search.Name)}" maxlength="100" autocomplete="off" spellcheck="false"></p>
            <p class="clsm-row">
            <span><label for="lang">{words.Say("Langue", "Language")}</label>
            <select id="lang" name="lang">{Option("fr", "Français", words.Language)}{Option("en", "English", words.Language)}</select></span>
            <span><label for="theme">{words.Say("Couleurs", "Colours")}</label>
            <select id="theme" name="theme">{Option("auto", words.Say("Celles du lecteur", "The reader’s"), request.ChosenTheme)}{Option("light", words.Say("Claires", "Light"), request.ChosenTheme)}{Option("dark", words.Say("Sombres", "Dark"), request.ChosenTheme)}</select></span>
            <button type="submit">{words.Search}</button>
            </p>
            </form>
            {content}
            </main>
            {Attribution.Of(request, title, request.Address(CouncilListPages.Path), null)}
            """)))
        {
            HasFrame = true,
        };
    }

    private static async Task<Html> FoundAsync(EmbedRequest request, PublishedDbContext published, PlaceLookup places, CancellationToken cancellationToken)
    {
        if (request.Query.GetValue(Search.Name) is not { } search)
        {
            return Html.Nothing;
        }

        var words = request.Words;
        var communes = await places.FindAsync(search, cancellationToken);
        var councils = PlainText.Words(search, PlainTextOptions.LatinOnly).Count == 0 ? [] : await CouncilsAsync(published, search, cancellationToken);
        return Html.Of($"""
            <section class="clsm-section">
            <h2>{words.Councils}</h2>
            {Found(words, councils, council => Link(request, CouncilFilters.Council, council.Code, council.Name))}
            </section>
            <section class="clsm-section">
            <h2>{words.Say("Conseils d’une commune", "Councils of a commune")}</h2>
            {Found(words, communes, commune => Link(request, CouncilFilters.Commune, commune.Code, $"{commune.Name} ({commune.Department.Code})"))}
            </section>
            """);
    }

    private static Task<List<CouncilRow>> CouncilsAsync(PublishedDbContext published, string search, CancellationToken cancellationToken)
    {
        var query = SearchColumns.Query(search);
        return published.Councils.Where(row => SearchColumns.HasWords(row.Id, query))
            .OrderBy(row => row.Name).ThenBy(row => row.Id).Take(MaxFound).AsNoTracking().ToListAsync(cancellationToken);
    }

    private static Html Found<T>(EmbedTexts words, IReadOnlyList<T> found, Func<T, Html> write) => found.Count == 0
        ? Html.Of($"<p>{words.Say("Rien de tel.", "None.")}</p>")
        : Html.Of($"""<ul class="clsm-list">{Html.Each(found, write)}</ul>""");

    private static Html Link(EmbedRequest request, QueryParameter word, string code, string name) =>
        Html.Of($"""<li><a href="{request.Href("/embed", (word.Name, code))}">{name}</a></li>""");

    private static Html Snippets(
        EmbedRequest request,
        DateOnly today,
        string address,
        string title,
        List<(string Name, string Value)> chosen,
        CouncilLookup? found)
    {
        var words = request.Words;
        return Html.Of($"""
            <section class="clsm-section">
            <h2>{title}</h2>
            {Copied("iframe", words.Say("Cadre, sans script", "Frame, without script"), Snippet.Frame(address, title, "100%", Snippet.Height).ToString())}
            {Copied("component", words.Say("Composant web, aux couleurs de votre site", "Web component, in the colours of your site"), Snippet.Component(request, address, title, Attributes(request, chosen)).ToString())}
            {Copied("link", words.Say("Lien à coller dans WordPress, Drupal ou SPIP (oEmbed)", "Link to paste into WordPress, Drupal or SPIP (oEmbed)"), address)}
            {(found?.Council is { } council ? Copied("html", words.Say("HTML figé, à recopier", "Static HTML, to copy"), CouncilPages.Fragment(request, today, council).ToString().Trim()) : Html.Nothing)}
            </section>
            <section class="clsm-section">
            <h2>{words.Say("Aperçu", "Preview")}</h2>
            <iframe class="clsm-preview" src="{Relative(request, address)}" title="{words.Say("Aperçu :", "Preview:")} {title}"></iframe>
            </section>
            """);
    }

    private static IEnumerable<(string Name, string Value)> Attributes(EmbedRequest request, IEnumerable<(string Name, string Value)> chosen) =>
        request.ChosenTheme == "auto" ? chosen : chosen.Append((EmbedRequest.Theme.Name, request.ChosenTheme));

    private static Html Copied(string id, string label, string text) => Html.Of($"""
        <p class="clsm-copied"><label for="{id}">{label}</label>
        <textarea id="{id}" readonly rows="{(text.Length > 400 ? 6 : 3)}" spellcheck="false">{text}</textarea></p>
        """);

    private static Html Option(string value, string label, string chosen) => value == chosen
        ? Html.Of($"""<option value="{value}" selected>{label}</option>""")
        : Html.Of($"""<option value="{value}">{label}</option>""");

    /// <summary>The preview is of this very origin, whatever a proxy calls it.</summary>
    private static string Relative(EmbedRequest request, string address) => request.Context.Request.PathBase + address[request.Root.Length..];
}

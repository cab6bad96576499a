using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Html;

namespace CLSM.Directory.Api.Features.Guides;

/// <summary>A page for people who build on the directory, and the way from each to the others.</summary>
internal static class GuidePage
{
    /// <param name="name">Changes with the page, so that what a browser keeps is not taken for another.</param>
    public static IResult Of(EmbedRequest request, string name, string title, Html content, int status = StatusCodes.Status200OK) => new HtmlResult(request, () => PageFrame.Of(request, title, Html.Of($"""
        <main class="clsm clsm-wide" aria-label="{title}">
        <p class="clsm-kind">CLSM Directory</p>
        <h1 class="clsm-name">{title}</h1>
        {content}
        <nav class="clsm-section" aria-label="{request.Words.Say("Autres pages", "Other pages")}">
        <ul class="clsm-list">
        {Html.Each(FirstSteps.All, steps => Link(request, $"/guides/{steps.Code}", Say(request, steps.Title)))}
        {Link(request, "/problems", request.Words.Say("Les erreurs, code par code", "Errors, code by code"))}
        {Link(request, "/changelog", request.Words.Say("Les changements du contrat", "Changes of the contract"))}
        <li><a href="{request.Context.Request.PathBase.Value}/swagger">{request.Words.Say("Toutes les opérations, à essayer (Swagger UI)", "All operations, to try (Swagger UI)")}</a></li>
        </ul>
        </nav>
        </main>
        """)))
    {
        Status = status,
        Stamp = status == StatusCodes.Status200OK ? name : null,
    };

    public static string Say(EmbedRequest request, Bilingual text) => request.Words.Say(text.Fr, text.En);

    private static Html Link(EmbedRequest request, string path, string title) => Html.Of($"""<li><a href="{request.Href(path)}">{title}</a></li>""");
}

using System.Text.Json;
using CLSM.Directory.Api.OpenApi;
using CLSM.Directory.Api.Web.Html;
using CLSM.Directory.Api.Web.Problems;

namespace CLSM.Directory.Api.Features.Guides;

/// <summary>What the <c>type</c> of a problem points to: the code in both languages, when it comes, what such an answer looks like.</summary>
internal static class ProblemPages
{
    private static readonly JsonSerializerOptions Indented = new(ProblemsJsonContext.Instance.Options) { WriteIndented = true };

    public static IResult All(EmbedRequest request) => GuidePage.Of(request, "problems", request.Words.Say("Les erreurs, code par code", "Errors, code by code"), Html.Of($"""
        <p>{request.Words.Say(
            "Une erreur est un application/problem+json (RFC 9457). « code » ne change jamais : c’est lui qu’un programme lit. Les phrases, elles, sont pour les personnes.",
            "An error is an application/problem+json (RFC 9457). “code” never changes: it is what a program reads. The sentences are for people.")}</p>
        <ul class="clsm-list">
        {Html.Each(ProblemCatalogue.Codes.Order(StringComparer.Ordinal), code => Html.Of($"""<li><a href="{request.Href($"/problems/{code}")}"><code>{code}</code></a> <span class="clsm-soft">{Title(code, request.Words.IsEnglish)}</span></li>"""))}
        </ul>
        """));

    public static IResult One(EmbedRequest request, string code)
    {
        var words = request.Words;
        var examples = ProblemResponses.Problems.Where(problem => problem.Code == code || problem.Errors?.Any(error => error.Code == code) == true).DistinctBy(problem => problem.Status).ToList();
        return GuidePage.Of(request, $"problem {code}", Title(code, words.IsEnglish), Html.Of($"""
            <p><code>{code}</code></p>
            <section class="clsm-section" lang="fr"><h2>Français</h2><p><strong>{Title(code, english: false)}.</strong> {Detail(code, english: false)}</p></section>
            <section class="clsm-section" lang="en"><h2>English</h2><p><strong>{Title(code, english: true)}.</strong> {Detail(code, english: true)}</p></section>
            <section class="clsm-section"><h2>{words.Say("Où il se trouve", "Where it stands")}</h2>
            <p>{(examples.Count == 0
                ? words.Say(
                    "Dans « errors » d’une réponse 400 ou 422, avec « parameter » (le paramètre) ou « pointer » (l’endroit du corps, RFC 6901), la valeur reçue, et « closest », la plus proche qui soit valable.",
                    "In “errors” of an answer 400 or 422, with “parameter” (the parameter) or “pointer” (the place in the body, RFC 6901), the value that came, and “closest”, the closest valid one.")
                : words.Say("Par exemple :", "For example:"))}</p>
            {Html.Each(examples, problem => Html.Of($"""<h3>{problem.Status}</h3><pre class="clsm-code" tabindex="0"><code>{JsonSerializer.Serialize(problem, Indented)}</code></pre>"""))}
            </section>
            """));
    }

    private static string Title(string code, bool english) => ProblemCatalogue.Form(code, english).Title;

    private static string Detail(string code, bool english) => ProblemCatalogue.Form(code, english).Detail;
}

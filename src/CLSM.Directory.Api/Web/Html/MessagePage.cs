using CLSM.Directory.Api.Web.Problems;

namespace CLSM.Directory.Api.Web.Html;

/// <summary>A page for whoever looks at a frame in which there is no council to show.</summary>
internal static class MessagePage
{
    public static IResult Of(EmbedRequest request, ApiProblem problem)
    {
        var body = problem.ToProblem(request.Context.Request.Path, request.Words.IsEnglish);
        return Answer(request, problem.Status, body.Title, Html.Of($"""
            <p>{body.Detail}</p>
            {Html.Each(body.Errors, error => Html.Of($"<p>{error.Parameter}: {error.Detail}{Closest(request, error.Closest)}</p>"))}
            """));
    }

    public static IResult Unknown(EmbedRequest request, string council) => Answer(
        request,
        StatusCodes.Status404NotFound,
        request.Words.Say("Ce conseil n’est pas dans l’annuaire", "This council is not in the directory"),
        Html.Of($"<p>{request.Words.Say($"Aucun conseil n’a le code « {council} ».", $"No council has the code “{council}”.")}</p>"));

    public static IResult Removed(EmbedRequest request, string council, string? reason) => Answer(
        request,
        StatusCodes.Status410Gone,
        request.Words.Say("Ce conseil n’est plus dans l’annuaire", "This council is no longer in the directory"),
        Html.Of($"<p>{request.Words.Say($"« {council} » a été retiré de l’annuaire.", $"“{council}” was removed from the directory.")}</p>{Reason(request, reason)}"));

    public static IResult Unavailable(EmbedRequest request)
    {
        request.Context.Response.Headers.RetryAfter = "5";
        return Answer(
            request,
            StatusCodes.Status503ServiceUnavailable,
            request.Words.Say("Momentanément indisponible", "Unavailable for the moment"),
            Html.Of($"<p>{request.Words.Say("L’annuaire ne répond pas. Réessayez dans quelques instants.", "The directory does not answer. Please try again in a moment.")}</p>"));
    }

    private static HtmlResult Answer(EmbedRequest request, int status, string title, Html text) => new(
        request,
        () => PageFrame.Of(request, title, Html.Of($"""
            <main class="clsm-message" aria-label="{title}">
            <h1>{title}</h1>
            {text}
            <p><a class="clsm-button" href="{request.Href("/embed/councils")}">{request.Words.OtherCouncils}</a></p>
            </main>
            """)))
    {
        Status = status,
    };

    private static Html Closest(EmbedRequest request, string? closest) =>
        closest is null ? Html.Nothing : Html.Of($" {request.Words.Say("Peut-être :", "Perhaps:")} <code>{closest}</code>");

    private static Html Reason(EmbedRequest request, string? reason) =>
        reason is null ? Html.Nothing : Html.Of($"<p>{request.Words.Say("Motif :", "Reason:")} {reason}</p>");
}

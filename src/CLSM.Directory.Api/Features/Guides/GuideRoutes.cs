using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Html;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Features.Guides;

/// <summary>What a newcomer reads: first steps by who one is, every error, every change of the contract. HTML, not part of the contract.</summary>
internal static class GuideRoutes
{
    public static void Map(IEndpointRouteBuilder service)
    {
        var pages = service.MapGroup("").ExcludeFromDescription();
        pages.MapGet("/guides/{reader}", (HttpContext context, string reader) => Page(context, request => FirstSteps.All.FirstOrDefault(steps => steps.Code == reader) is { } found
            ? FirstStepsPage.Of(request, found)
            : MessagePage.Of(request, Unknown(reader, FirstSteps.All.Select(steps => steps.Code)))));
        pages.MapGet("/problems", (HttpContext context) => Page(context, ProblemPages.All));
        pages.MapGet("/problems/{code}", (HttpContext context, string code) => Page(context, request => ProblemCatalogue.Codes.Contains(code)
            ? ProblemPages.One(request, code)
            : MessagePage.Of(request, Unknown(code, ProblemCatalogue.Codes))));
        pages.MapGet("/changelog", (HttpContext context, ApiChangelog history) => Page(context, request => ChangelogPage.Of(request, history)));
    }

    private static IResult Page(HttpContext context, Func<EmbedRequest, IResult> write)
    {
        var (request, errorPage) = EmbedRequest.Read(context);
        return errorPage ?? write(request);
    }

    private static ApiProblem Unknown(string given, IEnumerable<string> known) => ApiProblem.NotFound(given) with
    {
        Errors = [new ValidationError("not-found", [given]) { Parameter = "code", Value = given, Closest = ClosestMatch.Find(given, known) }],
    };
}

using System.Text.Json;
using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Web.Problems;

/// <summary>An expected "no": a status, a code of the problem catalogue, and what exactly is wrong. Written as problem+json.</summary>
internal sealed record ApiProblem(int Status, string Code, params IReadOnlyList<object> Arguments) : IResult
{
    private const int MaxPlaceLength = 500;
    private const int MaxInstanceLength = 2_000;

    public IReadOnlyList<ValidationError> Errors { get; init; } = [];

    /// <summary>Headers that go with the refusal, such as <c>Allow</c>.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public static ApiProblem BadParameters(IReadOnlyList<ValidationError> errors) =>
        new(StatusCodes.Status400BadRequest, errors[0].Code == "unknown-parameter" ? "unknown-parameter" : "invalid-parameter") { Errors = errors };

    public static ApiProblem InvalidContent(IReadOnlyList<ValidationError> errors) =>
        new(StatusCodes.Status422UnprocessableEntity, "invalid-content", errors.Count) { Errors = errors };

    /// <summary>Parameters that are well formed but name a place or a council that does not exist.</summary>
    public static ApiProblem NothingOfThatCode(IReadOnlyList<ValidationError> errors) =>
        new(StatusCodes.Status422UnprocessableEntity, errors[0].Code, [.. errors[0].Arguments]) { Errors = errors };

    public static ApiProblem UnsupportedMediaType(string expected) => new(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", expected)
    {
        Headers = [(expected == MediaTypes.MergePatch ? "Accept-Patch" : "Accept", expected)],
    };

    public static ApiProblem NotFound(string what) => new(StatusCodes.Status404NotFound, "not-found", what);

    public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, this);

    public Problem ToProblem(string instance, bool english)
    {
        var (title, detail) = ProblemCatalogue.Text(Code, Arguments, english);
        return new Problem
        {
            Type = $"/problems/{Code}",
            Title = title,
            Status = Status,
            Detail = detail,
            Instance = SafeText.Of(instance, MaxInstanceLength),
            Code = Code,
            Errors = Errors.Count == 0 ? null : [.. Errors.Take(ValidationError.MaxErrors).Select(error => new ProblemError
            {
                Pointer = error.Pointer is { } place ? SafeText.Of(place, MaxPlaceLength) : null,
                Parameter = error.Parameter is { } name ? SafeText.Of(name) : null,
                Code = error.Code,
                Detail = ProblemCatalogue.Text(error.Code, error.Arguments, english).Detail,
                Value = error.Value is { } value ? SafeText.Of(value) : null,
                Closest = error.Closest is { } closest ? SafeText.Of(closest) : null,
            })],
        };
    }

    private static async Task WriteAsync(HttpContext context, ApiProblem problem)
    {
        var english = RequestLanguage.PrefersEnglish(context.Request);
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = "application/problem+json";
        response.Headers.ContentLanguage = english ? "en" : "fr";
        response.Headers.Vary = "Accept-Language";
        response.Headers.CacheControl = "no-store";
        foreach (var (name, value) in problem.Headers)
        {
            response.Headers[name] = value;
        }

        var body = problem.ToProblem(context.Request.PathBase + context.Request.Path, english);
        await JsonSerializer.SerializeAsync(response.Body, body, ProblemsJsonContext.Instance.Problem, context.RequestAborted);
    }
}

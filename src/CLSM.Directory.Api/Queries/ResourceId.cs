using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Queries;

/// <summary>The id of a resource in an address.</summary>
internal static class ResourceId
{
    /// <summary>The id, or 404 where the text is not a UUID.</summary>
    public static Result<Guid> Parse(string text) => text.Length == 36 && Guid.TryParseExact(text, "D", out var id)
        ? id
        : new ApiProblem(StatusCodes.Status404NotFound, "not-found", text)
        {
            Errors = [new ValidationError("malformed-id", [text]) { Parameter = "id", Value = text }],
        };
}

using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Results;
using CLSM.Directory.Model.Validation;
using Microsoft.Net.Http.Headers;

namespace CLSM.Directory.Api.Web.Requests;

/// <summary>The If-Match of a write: which versions of the resource the writer has in mind.</summary>
internal sealed record IfMatch(bool Any, IReadOnlyList<string> Tags)
{
    /// <summary>Reads If-Match; without one, a write to something that exists is refused.</summary>
    public static Result<IfMatch> Read(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return new ApiProblem(StatusCodes.Status428PreconditionRequired, "precondition-required");
        }

        // Strong comparison only (RFC 9110, 13.1.1): a weak tag never matches.
        return EntityTagHeaderValue.TryParseStrictList(header, out var tags)
            ? new IfMatch(
                tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any)),
                [.. tags.Where(tag => !tag.IsWeak).Select(tag => tag.Tag.ToString())])
            : new ApiProblem(StatusCodes.Status400BadRequest, "malformed-etag", header.ToString())
            {
                Errors = [new ValidationError("malformed-etag", [header.ToString()]) { Parameter = "If-Match", Value = header.ToString() }],
            };
    }

    /// <summary>Null when the present version is the one meant.</summary>
    public ApiProblem? Check(int version) => Any || Tags.Contains(ETags.ForVersion(version)) ? null : Stale(version);

    /// <summary>As <see cref="Check"/>, where the writer may have read the public view only.</summary>
    public (bool FromPublicView, ApiProblem? Problem) CheckDocument(int version)
    {
        var isPublic = !Any && Tags.Contains($"\"{version}{ETags.PublicView}\"");
        return (isPublic, isPublic ? null : Check(version));
    }

    private static ApiProblem Stale(int version) => new(StatusCodes.Status412PreconditionFailed, "precondition-failed", version)
    {
        Headers = [("ETag", ETags.ForVersion(version))],
    };
}

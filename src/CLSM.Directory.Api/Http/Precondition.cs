using Microsoft.Net.Http.Headers;

namespace CLSM.Directory.Api.Http;

/// <summary>The If-Match of a write: which versions of the resource the writer has in mind.</summary>
internal sealed record Precondition(bool Any, IReadOnlyList<string> Tags)
{
    /// <summary>Reads If-Match; without one, a write to something that exists is refused.</summary>
    public static (Precondition Value, Refusal? Refusal) Read(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return (new Precondition(false, []), new Refusal(StatusCodes.Status428PreconditionRequired, "precondition-required"));
        }

        // Strong comparison only (RFC 9110, 13.1.1): a weak tag never matches.
        return EntityTagHeaderValue.TryParseStrictList(header, out var tags)
            ? (new Precondition(tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any)), [.. tags.Where(tag => !tag.IsWeak).Select(tag => tag.Tag.ToString())]), null)
            : (new Precondition(false, []), new Refusal(StatusCodes.Status400BadRequest, "malformed-etag", header.ToString())
            {
                Errors = [new Violation("malformed-etag", [header.ToString()]) { Parameter = "If-Match", Value = header.ToString() }],
            });
    }

    /// <summary>Null when the present version is the one meant.</summary>
    public Refusal? Check(int version) => Any || Tags.Contains(EntityTags.OfVersion(version)) ? null : Stale(version);

    /// <summary>As <see cref="Check"/>, where the writer may have read the public view only.</summary>
    public (bool FromPublicView, Refusal? Refusal) CheckDocument(int version)
    {
        var isPublic = !Any && Tags.Contains($"\"{version}{EntityTags.PublicView}\"");
        return (isPublic, isPublic ? null : Check(version));
    }

    private static Refusal Stale(int version) => new(StatusCodes.Status412PreconditionFailed, "precondition-failed", version)
    {
        Headers = [("ETag", EntityTags.OfVersion(version))],
    };
}

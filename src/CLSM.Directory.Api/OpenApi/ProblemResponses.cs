using System.Text.Json;
using CLSM.Directory.Api.Features.ApiKeys;
using CLSM.Directory.Api.RateLimiting;
using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Requests;
using CLSM.Directory.Model.Validation;
using Microsoft.OpenApi;

namespace CLSM.Directory.Api.OpenApi;

/// <summary>Answers that are no resource, each described once, with an example that the service itself writes.</summary>
internal static class ProblemResponses
{
    private const string Councils = "/v1/councils";
    private const string Council = "/v1/councils/grenoble";
    private const string Contacts = "/v1/councils/grenoble/contacts";
    private const string Bodies = "/v1/councils/grenoble/governance-bodies";

    private static readonly IReadOnlyList<Answer> All =
    [
        new("Renamed", "The council was renamed: its present address is in `Location`.", "Location"),
        new("NotModified", "Nothing has changed since the ETag of `If-None-Match`.", "ETag", "Last-Modified", "Cache-Control", "Vary"),
        new("Moved", "The council was renamed, or merged into another: the address, to be asked with the same method, is in `Location`.", "Location"),
        new("InvalidParameter", "A parameter is unknown or invalid; the closest valid one is named.")
        {
            Example = (Councils, ApiProblem.BadParameters([new ValidationError("unknown-parameter", []) { Parameter = "statut", Closest = "status" }])),
        },
        new("UnreadableRequest", "The body is not readable JSON, or a parameter or header is unknown or invalid.")
        {
            Example = (Contacts, new ApiProblem(400, "malformed-json", 3, 14)),
        },
        new("InvalidKey", "The key that was sent is not valid. Without any, the answer would have been given.", "WWW-Authenticate")
        {
            Example = (Council, new ApiProblem(401, "invalid-key")),
        },
        new("KeyNeeded", "No valid key was sent.", "WWW-Authenticate") { Example = (Contacts, new ApiProblem(401, "unauthorized")) },
        new("Forbidden", "The key does not allow it.") { Example = (Contacts, new ApiProblem(403, "forbidden")) },
        new("NotFound", "There is no such resource.") { Example = ("/v1/councils/grenobl", ApiProblem.NotFound("grenobl")) },
        new("NotAcceptable", "`Accept` leaves no room for the format of the answer.") { Example = (Council, new ApiProblem(406, "not-acceptable", MediaTypes.Json)) },
        new("AlreadyExists", "It exists already; or the first request with this `Idempotency-Key` is still under way (`request-under-way`).") { Example = (Bodies, new ApiProblem(409, "already-exists", "Comité de pilotage")) },
        new("CodeTaken", "Another council has, or had, this code; or the first request with this `Idempotency-Key` is still under way (`request-under-way`).") { Example = (Councils, new ApiProblem(409, "code-taken", "grenoble")) },
        new("RequestUnderWay", "The first request with this `Idempotency-Key` is still under way.", "Retry-After")
        {
            Example = ("/v1/imports", new ApiProblem(409, "request-under-way")),
        },
        new("KeyEnded", "The key has expired or is revoked; or the first request with this `Idempotency-Key` is still under way (`request-under-way`).")
        {
            Example = ($"/v1/keys/{ApiKeyExamples.Id}/rotate", new ApiProblem(409, "key-ended", "ARS Grand Est")),
        },
        new("AnswerErased", "The request was done before, and its answer cannot be given again.")
        {
            Example = ($"/v1/keys/{ApiKeyExamples.Id}/rotate", new ApiProblem(410, "answer-erased")),
        },
        new("KeyReused", "This `Idempotency-Key` stood for another request.") { Example = ("/v1/imports", new ApiProblem(422, "idempotency-key-reused")) },
        new("OrganisationInUse", "Something in the council still refers to it.")
        {
            Example = ("/v1/councils/grenoble/organisations/01a200f2-4eec-74bf-9270-34747ac69ed4", new ApiProblem(409, "organisation-in-use", "Ville de Grenoble", 6)),
        },
        new("Removed", "It was removed; the reason is given.") { Example = (Council, new ApiProblem(410, "removed", "grenoble", "duplicate")) },
        new("Withdrawn", "It was removed, after an objection for instance; the reason is given.")
        {
            Example = ("/v1/contacts/01a200f2-4f07-765f-812a-c5c92ef9f088/processing", new ApiProblem(410, "removed", "01a200f2-4f07-765f-812a-c5c92ef9f088", "objection")),
        },
        new("VersionChanged", "It has changed since it was read; `ETag` is its present version.", "ETag") { Example = (Council, new ApiProblem(412, "precondition-failed", 4)) },
        new("ContentTooLarge", "The body is too large.") { Example = (Council, new ApiProblem(413, "content-too-large", JsonBodyReader.MaxBytes)) },
        new("JsonExpected", "The body is not `application/json`.", "Accept") { Example = (Contacts, ApiProblem.UnsupportedMediaType(MediaTypes.Json)) },
        new("MergePatchExpected", "The body is not `application/merge-patch+json`.", "Accept-Patch")
        {
            Example = (Council, ApiProblem.UnsupportedMediaType(MediaTypes.MergePatch)),
        },
        new("SheetsExpected", "The body is in no format that sheets can have here.", "Accept")
        {
            Example = ("/v1/imports", ApiProblem.UnsupportedMediaType($"{MediaTypes.Ndjson}, {MediaTypes.Csv}")),
        },
        new("InvalidContent", "The content is refused; each error names its place. Or the `Idempotency-Key` stood for another request (`idempotency-key-reused`). Nothing was stored.")
        {
            Example = (Bodies, ApiProblem.InvalidContent(
            [
                new ValidationError("unknown-code", ["steering-comittee", "governance-body-types"]) { Pointer = "/type", Value = "steering-comittee", Closest = "steering-committee" },
            ])),
        },
        new("UnknownPlace", "A place or a council that is asked for does not exist; the closest is named.")
        {
            Example = (Councils, new ApiProblem(422, "unknown-commune", "57460") { Errors = [new ValidationError("unknown-commune", ["57460"]) { Parameter = "commune", Value = "57460", Closest = "57463" }] }),
        },
        new("IfMatchNeeded", "`If-Match` is missing.") { Example = (Council, new ApiProblem(428, "precondition-required")) },
        new("TooManyRequests", "The caller has asked too much for now.", "Retry-After") { Example = (Councils, new ApiProblem(429, "too-many-requests", 1200, 60)) },
        new("HeadersTooLarge", "The headers of the request are too large.") { Example = (Council, new ApiProblem(431, "headers-too-large", HeaderLimits.MostBytes, HeaderLimits.MostHeaders)) },
        new("Failed", "The directory met an error.") { Example = (Council, new ApiProblem(500, "internal", "0HNQ7L2V3K8TC:00000001")) },
        new("TooManyExports", "The database does not answer for the moment, or too many exports run at once.", "Retry-After")
        {
            Example = ("/v1/exports/councils.csv", new ApiProblem(503, "too-many-exports", 8, 20)),
        },
        new("Unavailable", "The database, or the issuer of the token, does not answer for the moment; or, where requests may wait, too many do.", "Retry-After") { Example = (Council, new ApiProblem(503, "unavailable")) },
    ];

    public static IOpenApiResponse Of(OpenApiDocument document, string name) => new OpenApiResponseReference(name, document);

    /// <summary>Each problem that is described, as the service writes it.</summary>
    public static IEnumerable<Problem> Problems => All
        .Select(answer => answer.Example).OfType<(string Instance, ApiProblem Problem)>()
        .Select(example => example.Problem.ToProblem(example.Instance, english: false));

    public static void AddTo(OpenApiDocument document, IOpenApiSchema schema)
    {
        foreach (var answer in All)
        {
            document.AddComponent(answer.Name, Response(answer, document, schema));
        }
    }

    private static OpenApiResponse Response(Answer answer, OpenApiDocument document, IOpenApiSchema schema)
    {
        if (answer.Example is not var (instance, problem))
        {
            return new OpenApiResponse { Description = answer.Description, Headers = SharedHeaders.Of(document, answer.Headers) };
        }

        var example = JsonSerializer.SerializeToNode(problem.ToProblem(instance, english: false), ProblemsJsonContext.Instance.Problem);
        return new OpenApiResponse
        {
            Description = answer.Description,
            Headers = SharedHeaders.Of(document, [.. answer.Headers, "Cache-Control", "Content-Language", "Vary"]),
            Content = new Dictionary<string, IOpenApiMediaType> { [MediaTypes.Problem] = new OpenApiMediaType { Schema = schema, Example = example } },
        };
    }

    private sealed record Answer(string Name, string Description, params string[] Headers)
    {
        public (string Instance, ApiProblem Problem)? Example { get; init; }
    }
}

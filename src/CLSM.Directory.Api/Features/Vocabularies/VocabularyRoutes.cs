using System.Security.Cryptography;
using System.Text.Json;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Results;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Vocabularies;

namespace CLSM.Directory.Api.Features.Vocabularies;

/// <summary>Code lists: <c>/v1/vocabularies</c>.</summary>
internal static class VocabularyRoutes
{
    // The lists change with the program only.
    private static readonly string ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(VocabularyCatalogue.All, VocabulariesJsonContext.Instance.VocabularyList)))[..16]}\"";

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/vocabularies", () => new JsonResult<VocabularyList>(VocabularyCatalogue.All, ETag, null))
            .WithMetadata(new EndpointContract())
            .WithName("listVocabularies").WithTags("Vocabularies")
            .WithSummary("List the code lists")
            .WithDescription("Every list of codes that the data uses, with French and English labels. Codes are data: lists grow without a new version of the contract.")
            .Produces<VocabularyList>();

        v1.MapGet("/vocabularies/{code}", Get)
            .WithMetadata(new EndpointContract())
            .WithName("getVocabulary").WithTags("Vocabularies")
            .WithSummary("Read one code list")
            .WithDescription("One list of codes, such as `governance-body-types`.")
            .Produces<Vocabulary>();
    }

    private static IResult Get(string code) => VocabularyCatalogue.Find(code) is { } vocabulary
        ? new JsonResult<Vocabulary>(vocabulary, ETag, null)
        : new ApiProblem(StatusCodes.Status404NotFound, "not-found", code)
        {
            Errors =
            [
                new ValidationError("unknown-value", [code, string.Join(", ", VocabularyCatalogue.All.Vocabularies.Select(list => list.Code))])
                {
                    Parameter = "code",
                    Value = code,
                    Closest = ClosestMatch.Find(code, VocabularyCatalogue.All.Vocabularies.Select(list => list.Code)),
                },
            ],
        };
}

using System.Text.Json;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Features.Councils;

/// <summary>Reads a council document and checks all of it, without asking the database: whatever is wrong is reported at once.</summary>
internal sealed class CouncilDocumentValidator(PartTypeCatalogue types)
{
    private static readonly CouncilValidator CouncilRules = new();

    public Result<CouncilDocument> Read(JsonElement body)
    {
        var shape = JsonShapeValidator.Validate(body, ModelJsonContext.Instance.CouncilDocument);
        if (shape.Errors.Count > 0)
        {
            return ApiProblem.InvalidContent(shape.Errors);
        }

        var document = JsonSerializer.Deserialize(body, ModelJsonContext.Instance.CouncilDocument)!;
        // Lazily: nobody reads more, and each costs the search for what was meant.
        List<ValidationError> errors =
        [
            .. CheckCouncil(document)
                .Concat(types.InDocuments.SelectMany(type => CheckParts(type, document)))
                .Concat(types.InDocuments.SelectMany(type => type.FindConflicts(type.Of(document)).Select(conflict => conflict.At($"/{type.Names.Member}"))))
                .Concat(IndexOf(document).Check(body, shape.References))
                .Take(ValidationError.MaxErrors),
        ];
        return errors.Count == 0 ? document : ApiProblem.InvalidContent(errors);
    }

    /// <summary>What is wrong with a council by itself.</summary>
    public static IEnumerable<ValidationError> CheckCouncil(Council council) =>
        CouncilRules.FindErrors(council).Concat(EvidenceValidator.Check(council, ModelJsonContext.Instance.Council, council.Evidence, council.GetSourceIds()));

    private static OrganisationIndex IndexOf(CouncilDocument document) =>
        new((document.Organisations ?? []).Select(organisation => (organisation.Id, organisation.Name, organisation.Acronym)));

    private static IEnumerable<ValidationError> CheckParts(PartType type, CouncilDocument document)
    {
        var sources = document.GetSourceIds();
        var ids = new Dictionary<Guid, string>();
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (part, index) in type.Of(document).Select((part, index) => (part, index)))
        {
            var place = $"/{type.Names.Member}/{index}";
            foreach (var error in type.Check(part, sources))
            {
                yield return error.At(place);
            }

            if (part.Id is { } id && !ids.TryAdd(id, place))
            {
                yield return new ValidationError("duplicate", [id, ids[id]]) { Pointer = $"{place}/id", Value = id.ToString() };
            }

            if (!keys.TryAdd(part.NaturalKey, place))
            {
                yield return new ValidationError("duplicate", [part.Title, keys[part.NaturalKey]]) { Pointer = place, Value = part.Title };
            }
        }
    }
}

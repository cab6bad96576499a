using System.Text.Json.Nodes;
using CLSM.Directory.Api.Web.Resources;

namespace CLSM.Directory.Api.Features.OrganisationGroups;

/// <summary>Examples of groups of organisations for the contract, as answered on the default data.</summary>
internal static class OrganisationGroupExamples
{
    private static readonly JsonObject Answers = (JsonObject)JsonNode.Parse(EmbeddedResource.Read("Features.OrganisationGroups.examples.json"))!;

    /// <summary>The answer of an operation; null where it is not about groups.</summary>
    public static JsonNode? Response(string operationId) => Answers[operationId]?.DeepClone();
}

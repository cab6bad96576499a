using System.Text.Json.Nodes;
using CLSM.Directory.Api.Web.Resources;

namespace CLSM.Directory.Api.Features.Coverage;

/// <summary>Examples of coverage for the contract, as answered on the default data.</summary>
internal static class CoverageExamples
{
    private static readonly JsonObject Answers = (JsonObject)JsonNode.Parse(EmbeddedResource.Read("Features.Coverage.examples.json"))!;

    /// <summary>Whether the operation answers with a page although its name does not begin with "list".</summary>
    public static bool IsPage(string operationId) => operationId == "getCoverage";

    /// <summary>Whether the operation answers 422 for codes of places or councils that do not exist.</summary>
    public static bool LooksUp(string operationId) => operationId is "getCoverage" or "listCoverageCommunes" or "exportCoverageCommunes";

    /// <summary>The answer of an operation; null where it is not about coverage.</summary>
    public static JsonNode? Response(string operationId) => operationId == "exportCoverageCommunes"
        ? JsonValue.Create(CommuneCoverageCsv.Head + Answers["csvLine"]!.GetValue<string>())
        : Answers[operationId]?.DeepClone();
}

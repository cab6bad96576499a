using System.Text.Json.Nodes;
using CLSM.Directory.Api.Persistence;

namespace CLSM.Directory.Api.National;

/// <summary>Coverage, statistics and groups of organisations for the contract, as they are answered on the default data.</summary>
internal static class NationalExamples
{
    private static readonly JsonObject Answers = (JsonObject)JsonNode.Parse(EmbeddedText.Read("National.examples.json"))!;

    /// <summary>Whether the operation answers with a page and is no list by its name.</summary>
    public static bool IsPage(string operationId) => operationId == "getCoverage";

    /// <summary>Whether the operation answers 422 for codes of places or councils that do not exist.</summary>
    public static bool LooksUp(string operationId) => operationId is "getCoverage" or "listCoverageCommunes" or "exportCoverageCommunes" or "getStatistics";

    /// <summary>The answer of an operation; null where it is none of these.</summary>
    public static JsonNode? Response(string operationId) => operationId == "exportCoverageCommunes"
        ? JsonValue.Create(CommuneCoverageCsv.Head + Answers["csvLine"]!.GetValue<string>())
        : Answers[operationId]?.DeepClone();
}

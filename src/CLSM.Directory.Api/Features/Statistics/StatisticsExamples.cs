using System.Text.Json.Nodes;
using CLSM.Directory.Api.Web.Resources;

namespace CLSM.Directory.Api.Features.Statistics;

/// <summary>The example of statistics for the contract, as answered on the default data.</summary>
internal static class StatisticsExamples
{
    public const string Operation = "getStatistics";

    private static readonly JsonObject Answers = (JsonObject)JsonNode.Parse(EmbeddedResource.Read("Features.Statistics.examples.json"))!;

    /// <summary>The answer of the operation; null where it is another.</summary>
    public static JsonNode? Response(string operationId) => Answers[operationId]?.DeepClone();
}

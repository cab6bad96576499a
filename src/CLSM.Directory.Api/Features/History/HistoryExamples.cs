using System.Text.Json.Nodes;

namespace CLSM.Directory.Api.Features.History;

/// <summary>A history for the contract: an event gets another kind.</summary>
internal static class HistoryExamples
{
    public const string Operation = "listCouncilHistory";

    public static JsonNode Page() => JsonNode.Parse(
        """
        {"items":[
          {"version":2,"at":"2026-11-22T09:00:00.001Z","by":"key:019ab2f4-5c00-7a3e-9b1d-2f6f0c8e4d57","request":"0HNQ7L2V3K8TC:00000001","type":"event",
           "id":"01a200f2-4f0a-70c0-a046-1575da3cad07","operation":"updated",
           "before":{"name":"Semaine d’Information sur la Santé Mentale (SISM)","kind":"other"},"after":{"name":"Semaine d’Information sur la Santé Mentale (SISM)","kind":"sism"}}],
         "page":{"size":50,"next":null,"total":1}}
        """)!;
}

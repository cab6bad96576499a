using System.Text.Json.Nodes;

namespace CLSM.Directory.Tests;

/// <summary>One visibly made-up part of each kind, and a change to it.</summary>
internal sealed record PartSample(string Path, string Json, string Patch, string BadJson, string BadPlace)
{
    public static readonly PartSample[] All =
    [
        new("governance-bodies", """{"type":"bureau","name":"test-0001"}""", """{"openness":"open"}""", """{"type":"buro","name":"test-0001"}""", "/type"),
        new("working-groups", """{"kind":"group","name":"test-0001","themes":["housing"]}""", """{"themes":["housing","prevention"]}""", """{"kind":"group","name":"test-0001","themes":["huosing"]}""", "/themes/0"),
        new("organisations", """{"name":"test-0001"}""", """{"acronym":"T1"}""", """{"name":"test-0001","identifiers":{"siren":"123456789"}}""", "/identifiers/siren"),
        new("contacts", """{"function":"coordinator","label":"test-0001","nominative":false,"visibility":"public"}""", """{"phones":["+33100000000"]}""", """{"function":"coordinator","label":"test-0001","nominative":false,"visibility":"public","phones":["01 00"]}""", "/phones/0"),
        new("events", """{"name":"test-0001","kind":"sism"}""", """{"recurrence":"yearly"}""", """{"name":"test-0001","kind":"sism","from":"2026-02-01","to":"2026-01-01"}""", "/to"),
    ];

    public string Renamed(string name) => Json.Replace("test-0001", name, StringComparison.Ordinal);

    public JsonNode Parsed => JsonNode.Parse(Json)!;

    public override string ToString() => Path;
}

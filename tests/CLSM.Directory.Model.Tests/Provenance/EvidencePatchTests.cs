using System.Text.Json;
using CLSM.Directory.Model.Provenance;

namespace CLSM.Directory.Model.Tests.Provenance;

/// <summary>Evidence follows the value of which it speaks.</summary>
internal sealed class EvidencePatchTests
{
    private const string A = """ "/a":{"state":"stated","source":"s"} """;
    private const string B = """ "/b":{"state":"mentioned","source":"s"},"/b/c":{"state":"stated","source":"s"} """;
    private const string Target = "{\"a\":1,\"b\":{\"c\":2},\"evidence\":{" + A + "," + B + "}}";

    [TestCase("""{"a":3}""", """{"/a":{"state":"stated","source":"council"},""" + B + "}",
        Description = "A changed value is the council's own.")]
    [TestCase("""{"a":1}""", "{" + A + "," + B + "}",
        Description = "The same value changes nothing.")]
    [TestCase("""{"a":null}""", "{" + B + "}",
        Description = "The evidence of a value that goes goes with it.")]
    [TestCase("""{"b":{"c":4}}""", "{" + A + """, "/b":{"state":"stated","source":"council"}}""",
        Description = "What was said of its inside goes too.")]
    [TestCase("""{"a":3,"evidence":{"/a":{"state":"inferred","reason":"test","source":null}}}""",
        """{"/a":{"state":"inferred","reason":"test"},""" + B + "}",
        Description = "The evidence that the patch states is taken.")]
    public void A_patch_changes_the_evidence_of_what_it_changes(string patch, string evidence)
    {
        var patched = EvidencePatch.Apply(JsonElement.Parse(Target), JsonElement.Parse(patch)).GetProperty("evidence");
        Assert.That(JsonElement.DeepEquals(patched, JsonElement.Parse(evidence)), Is.True, patched.GetRawText());
    }

    [Test]
    public void Without_evidence_a_patch_is_a_merge_patch() =>
        Assert.That(
            EvidencePatch.Apply(JsonElement.Parse("""{"a":1}"""), JsonElement.Parse("""{"a":2}""")).GetRawText(),
            Is.EqualTo("""{"a":2}"""));
}

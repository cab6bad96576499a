using System.Text.Json;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Model.Tests.Validation;

/// <summary>Everything wrong with a body is reported at once, each error with its place.</summary>
internal sealed class JsonShapeValidatorTests
{
    private const string Required = "\"code\":\"test-0001\",\"kind\":\"clsm\",\"name\":\"x\",\"status\":\"active\"";

    [TestCase("\"colour\":\"blue\"", "/colour unknown-property")]
    [TestCase("\"audience\":null", "/audience null-not-allowed")]
    [TestCase("\"audience\":5", "/audience wrong-type")]
    [TestCase("\"aliases\":[]", "/aliases empty")]
    [TestCase("\"territory\":{}", "/territory empty")]
    [TestCase("\"shortName\":\" \\u200B\"", "/shortName empty")]
    [TestCase("\"shortName\":\"a\\u0000\"", "/shortName control-character")]
    [TestCase("\"shortName\":\"a\\u202Eb\"", "/shortName control-character")]
    [TestCase("\"shortName\":\"\\ud800\"", "/shortName invalid-text")]
    [TestCase("\"domains\":[\"x\"]", "/domains/0 unknown-code")]
    [TestCase("\"aliases\":[{\"name\":\"x\"}]", "/aliases/0/kind missing-property")]
    [TestCase("\"website\":\"www.example.org\"", "/website malformed-web-address")]
    [TestCase("\"sources\":[{\"id\":\"s\",\"updatedOn\":\"2026-02-30\"}]", "/sources/0/updatedOn wrong-type")]
    [TestCase("\"evidence\":{\"/a~b\":{}}", "/evidence/~1a~0b empty")]
    public void An_error_has_its_place(string member, string error) =>
        Assert.That(Errors($$"""{{{Required}},{{member}}}"""), Is.EqualTo(new[] { error }));

    [Test]
    public void All_errors_are_reported_at_once() =>
        Assert.That(
            Errors("""{"kind":"clsn","nam":"x","status":1,"aliases":[]}"""),
            Is.EquivalentTo(new[]
            {
                "/kind unknown-code", "/nam unknown-property", "/status wrong-type", "/aliases empty", "/code missing-property",
                "/name missing-property",
            }));

    [Test]
    public void No_more_errors_are_reported_than_help_to_mend_a_body() =>
        Assert.That(
            Errors($$"""{{{Required}},"principles":[{{string.Join(',', Enumerable.Repeat("1", 1_000))}}]}"""),
            Has.Count.InRange(ValidationError.MaxErrors, ValidationError.MaxErrors + 1));

    [Test]
    public void References_to_organisations_are_found_at_every_depth()
    {
        const string Referring = """ "foundation":{"founders":[{"name":"a"},{"name":"b"}]},"means":{"funders":[{"organisation":{"name":"c"}}]} """;
        var shape = Validate("{" + Required + "," + Referring + "}");
        Assert.That(shape.Errors, Is.Empty);
        Assert.That(
            shape.References,
            Is.EqualTo(new[] { "/foundation/founders/0", "/foundation/founders/1", "/means/funders/0/organisation" }));
    }

    private static List<string> Errors(string json) => [.. Validate(json).Errors.Select(error => $"{error.Pointer} {error.Code}")];

    private static JsonShapeValidator Validate(string json) =>
        JsonShapeValidator.Validate(JsonElement.Parse(json), ModelJsonContext.Instance.Council);
}

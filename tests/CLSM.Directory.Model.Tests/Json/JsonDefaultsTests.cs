using System.Text.Json;
using CLSM.Directory.Model.Councils;

namespace CLSM.Directory.Model.Tests.Json;

/// <summary>How the records of the model are written and read.</summary>
internal sealed class JsonDefaultsTests
{
    private const string Required = "\"code\":\"test-0001\",\"kind\":\"clsm\",\"name\":\"CLSM d’été\",\"status\":\"active\"";

    [Test]
    public void An_instant_is_written_in_UTC_without_a_plus_sign()
    {
        var council = Read($$"""{{{Required}},"createdAt":"2026-11-22T12:00:00.5+02:00"}""");
        Assert.That(Write(council), Does.Contain("\"createdAt\":\"2026-11-22T10:00:00.5Z\""));
    }

    [Test]
    public void Absent_members_are_not_written_and_French_letters_stay_readable() =>
        Assert.That(Write(Read($$"""{{{Required}}}""")), Is.EqualTo($$"""{{{Required}}}"""));

    [TestCase("\"colour\":\"blue\"")]
    [TestCase("\"name\":\"twice\"")]
    [TestCase("\"Aliases\":[]")]
    [TestCase("\"version\":\"1\"")]
    public void A_member_that_is_unknown_given_twice_or_of_another_type_is_refused(string member) =>
        Assert.That(() => Read($$"""{{{Required}},{{member}}}"""), Throws.InstanceOf<JsonException>());

    private static Council Read(string json) => JsonSerializer.Deserialize(json, ModelJsonContext.Instance.Council)!;

    private static string Write(Council council) => JsonSerializer.Serialize(council, ModelJsonContext.Instance.Council);
}

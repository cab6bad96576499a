using System.Text.Json;
using CLSM.Directory.Model.Json;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Model.Tests.Json;

/// <summary>JSON Pointers (RFC 6901) as the directory writes and follows them.</summary>
internal sealed class JsonPointerTests
{
    private const string Body = """{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"k\"l":6," ":7,"m~n":8}""";

    [TestCase("", Body)]
    [TestCase("/foo", """["bar","baz"]""")]
    [TestCase("/foo/1", "\"baz\"")]
    [TestCase("/", "0")]
    [TestCase("/a~1b", "1")]
    [TestCase("/c%d", "2")]
    [TestCase("/e^f", "3")]
    [TestCase("/k\"l", "6")]
    [TestCase("/ ", "7")]
    [TestCase("/m~0n", "8")]
    public void A_pointer_leads_to_a_value(string pointer, string value) =>
        Assert.That(JsonPointer.Follow(JsonElement.Parse(Body), pointer).GetRawText(), Is.EqualTo(value));

    [TestCase("a/b", "/a~1b")]
    [TestCase("~1", "/~01")]
    [TestCase("/~", "/~1~0")]
    [TestCase("INCLUSION DANS LA CITÉ", "/INCLUSION DANS LA CITÉ")]
    public void A_name_is_escaped_in_a_segment_and_read_back(string name, string segment)
    {
        Assert.That(ValidationError.Segment(name), Is.EqualTo(segment));
        Assert.That(JsonPointer.Unescape(segment[1..]), Is.EqualTo(name));
    }
}

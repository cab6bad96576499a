using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Provenance;

namespace CLSM.Directory.Model.Tests.Provenance;

/// <summary>Evidence by pointer.</summary>
internal sealed class EvidenceMapTests
{
    private static readonly Evidence Stated = new() { State = "stated", Source = "s" };

    [Test]
    public void Pointers_stand_in_the_order_of_their_letters_whatever_the_language()
    {
        var map = new EvidenceMap { ["/é"] = Stated, ["/b"] = Stated, [""] = Stated, ["/B"] = Stated, ["/a/b"] = Stated, ["/a"] = Stated };
        Assert.That(map.Keys, Is.EqualTo(new[] { "", "/B", "/a", "/a/b", "/b", "/é" }));
    }

    [Test]
    public void A_member_that_is_known_by_another_name_keeps_its_evidence()
    {
        var map = new EvidenceMap { ["/foundation/founders/A~1B"] = Stated, ["/means"] = Stated };
        Assert.That(
            map.Renamed(new Dictionary<string, string> { ["A/B"] = "C~D" }).Keys,
            Is.EqualTo(new[] { "/foundation/founders/C~0D", "/means" }));
    }

    [Test]
    public void The_evidence_of_every_member_is_completed()
    {
        var source = new Source { Id = "s" };
        var council = new Council { Code = "test-0001", Kind = "clsm", Name = "x", Status = "unknown", Sources = [source] };
        var given = new EvidenceMap { [""] = Stated, ["/status"] = new Evidence { State = "inferred", Reason = "x" } };
        var complete = EvidenceCompleter.Complete(council, ModelJsonContext.Instance.Council, given);
        Assert.That(complete["/name"], Is.EqualTo(Stated));
        Assert.That(complete["/status"].State, Is.EqualTo("inferred"));
        Assert.That(complete["/foundation"].State, Is.EqualTo("not-stated"));
        Assert.That(complete.Keys, Does.Not.Contain("/sources").And.Not.Contain("/evidence").And.Not.Contain("/version"));
        Assert.That(given, Has.Count.EqualTo(2), "what was given is not changed");
    }
}

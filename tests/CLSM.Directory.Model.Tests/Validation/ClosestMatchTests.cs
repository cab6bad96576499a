using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Model.Tests.Validation;

/// <summary>What a reader most likely meant.</summary>
internal sealed class ClosestMatchTests
{
    [TestCase("clsn", "clsm", new[] { "cism", "clsm", "cosm" })]
    [TestCase("CLSM", "clsm", new[] { "cism", "clsm" })]
    [TestCase("steering-comittee", "steering-committee", new[] { "plenary-assembly", "steering-committee" })]
    [TestCase("cœur", "coeur", new[] { "coeur", "secteur" })]
    [TestCase("ab", "abc", new[] { "xab", "abc" })]
    [TestCase("b", "a", new[] { "c", "a" })]
    public void The_nearest_candidate_is_proposed(string word, string closest, string[] candidates) =>
        Assert.That(ClosestMatch.Find(word, candidates), Is.EqualTo(closest));

    [Test]
    public void Without_candidates_nothing_is_proposed() => Assert.That(ClosestMatch.Find("clsm", []), Is.Null);

    [Test]
    public void A_very_long_word_is_compared_by_its_beginning() =>
        Assert.That(
            ClosestMatch.Find(new string('a', 1_000_000), [new string('b', 1_000_000), new string('a', 60)]),
            Is.EqualTo(new string('a', 60)));
}

using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Provenance;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Model.Tests.Councils;

/// <summary>An organisation is found by its id, its name, or an acronym that is its alone.</summary>
internal sealed class OrganisationIndexTests
{
    private static readonly Guid First = Guid.Parse("00000000-0000-0000-0000-000000000001");

    private static readonly OrganisationIndex Index = new(
    [
        (First, "Organisation fictive", "OF"), (null, "Deuxième organisation", "DO"), (null, "Dernière organisation", "do"),
    ]);

    [TestCase("Organisation fictive", "Organisation fictive")]
    [TestCase("ORGANISATION FICTIVE", "Organisation fictive")]
    [TestCase("of", "Organisation fictive")]
    [TestCase("DO", null)]
    [TestCase("Organisation", null)]
    public void A_word_finds_the_organisation_that_alone_has_it(string word, string? name) =>
        Assert.That(Index.Find(new OrganisationReference { Name = word })?.Name, Is.EqualTo(name));

    [Test]
    public void The_id_decides_where_it_is_given()
    {
        Assert.That(
            Index.Find(new OrganisationReference { Id = First, Name = "DO" }),
            Is.EqualTo(new OrganisationReference { Id = First, Name = "Organisation fictive" }));
        Assert.That(Index.Find(new OrganisationReference { Id = Guid.Empty, Name = "Organisation fictive" }), Is.Null);
    }

    [Test]
    public void Evidence_follows_an_acronym_to_the_name()
    {
        var evidence = new Evidence { State = "stated", Source = "s" };
        var council = new Council
        {
            Code = "test-0001",
            Kind = "clsm",
            Name = "x",
            Status = "active",
            Foundation = new Foundation { Founders = [new OrganisationReference { Name = "OF" }] },
            Evidence = new EvidenceMap { ["/foundation/founders/OF"] = evidence },
        };
        var completed = OrganisationReferences.Of(council, reference => Index.Find(reference)!);
        Assert.That(
            completed.Foundation!.Founders!.Single(),
            Is.EqualTo(new OrganisationReference { Id = First, Name = "Organisation fictive" }));
        Assert.That(completed.Evidence!.Keys, Is.EqualTo(new[] { "/foundation/founders/Organisation fictive" }));
    }
}

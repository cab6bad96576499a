using CLSM.Directory.Model.Parts;

namespace CLSM.Directory.Model.Tests.Parts;

/// <summary>By what a part without an id is recognised in its council.</summary>
internal sealed class NaturalKeyTests
{
    private static readonly CouncilEvent Day = new() { Kind = "siism", Name = "test-0001", From = new DateOnly(2026, 10, 5) };

    [TestCase("comité de pilotage")]
    [TestCase("COMITÉ DE PILOTAGE")]
    [TestCase(" Comité de pilotage ")]
    [TestCase("Comite\u0301 de pilotage")]
    public void Case_outer_blanks_and_the_form_of_accents_make_no_other_part(string name) =>
        Assert.That(Body(name).NaturalKey, Is.EqualTo(Body("Comité de pilotage").NaturalKey));

    [TestCase("Comite de pilotage")]
    [TestCase("Comité  de pilotage")]
    [TestCase("Comité de pilotage 2")]
    public void Another_name_makes_another_part(string name) =>
        Assert.That(Body(name).NaturalKey, Is.Not.EqualTo(Body("Comité de pilotage").NaturalKey));

    [Test]
    public void A_body_is_known_by_its_type_and_name() =>
        Assert.That((Body("x") with { Type = "plenary-assembly" }).NaturalKey, Is.Not.EqualTo(Body("x").NaturalKey));

    [Test]
    public void A_working_group_is_known_by_its_kind_and_name()
    {
        var group = new WorkingGroup { Kind = "thematic", Name = "x" };
        Assert.That((group with { Status = "ended" }).NaturalKey, Is.EqualTo(group.NaturalKey));
        Assert.That((group with { Kind = "commission" }).NaturalKey, Is.Not.EqualTo(group.NaturalKey));
    }

    [Test]
    public void An_organisation_is_known_by_its_name_and_not_by_its_acronym() =>
        Assert.That(
            new Organisation { Name = "Organisation fictive", Acronym = "OF" }.NaturalKey,
            Is.EqualTo(new Organisation { Name = "Organisation fictive" }.NaturalKey));

    [Test]
    public void A_contact_is_known_by_its_function_and_label_and_not_by_a_person()
    {
        var contact = new Contact { Function = "coordinator", Label = "Coordination", Nominative = false, Visibility = "public" };
        Assert.That((contact with { Nominative = true, Person = "Lætitia Fictif" }).NaturalKey, Is.EqualTo(contact.NaturalKey));
        Assert.That((contact with { Label = "Secrétariat" }).NaturalKey, Is.Not.EqualTo(contact.NaturalKey));
    }

    [Test]
    public void An_event_of_another_day_is_another_event()
    {
        Assert.That((Day with { From = new DateOnly(2027, 10, 4) }).NaturalKey, Is.Not.EqualTo(Day.NaturalKey));
        Assert.That((Day with { From = null }).NaturalKey, Is.Not.EqualTo(Day.NaturalKey));
    }

    private static GovernanceBody Body(string name) => new() { Type = "steering-committee", Name = name };
}

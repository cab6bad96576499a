using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Provenance;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Model.Tests.Councils;

/// <summary>Evidence speaks of what is there, by names and never by positions.</summary>
internal sealed class EvidenceValidatorTests
{
    private static readonly Council Council = new()
    {
        Code = "test-0001",
        Kind = "clsm",
        Name = "x",
        Status = "active",
        Posts = [new Post { Function = "chair" }, new Post { Function = "vice-chair" }],
        Territory = new Territory
        {
            Parts = [new TerritoryPart { Type = "commune", Code = "57463" }, new TerritoryPart { Type = "quarter", Label = "test-0001" }],
        },
        Objectives = [new Objective { Title = "A/B" }],
        Means = new Means { Funders = [new Funder { Organisation = new OrganisationReference { Name = "Organisation fictive" } }] },
        Sources = [new Source { Id = "fiche-2024" }],
    };

    [TestCase("")]
    [TestCase("/name")]
    [TestCase("/posts/chair")]
    [TestCase("/posts/vice-chair/function")]
    [TestCase("/territory/parts/commune:57463")]
    [TestCase("/territory/parts/quarter:test-0001")]
    [TestCase("/objectives/A~1B/title")]
    [TestCase("/means/funders/Organisation fictive")]
    [TestCase("/events", Description = "Evidence of a council may speak of its parts.")]
    [TestCase("/governanceBodies/test-0001")]
    public void A_pointer_by_names_leads_to_a_statement(string pointer) => Assert.That(Check(Council, pointer, Stated()), Is.Empty);

    [TestCase("posts", "malformed-pointer", null)]
    [TestCase("/post", "unknown-property", "/posts")]
    [TestCase("/posts/0", "evidence-without-statement", "/posts/chair")]
    [TestCase("/posts/vicechair", "evidence-without-statement", "/posts/vice-chair")]
    [TestCase("/territory/parts/commune:57643", "evidence-without-statement", "/territory/parts/commune:57463")]
    [TestCase("/foundation", "evidence-without-statement", null)]
    public void A_pointer_that_leads_nowhere_is_refused_with_the_closest(string pointer, string problem, string? closest)
    {
        var error = Check(Council, pointer, Stated()).Single();
        Assert.That((error.Pointer, error.Code), Is.EqualTo(("/evidence" + ValidationError.Segment(pointer), problem)));
        if (closest is not null)
        {
            Assert.That(error.Closest, Is.EqualTo(closest));
        }
    }

    [TestCase("not-stated", null, "statement-without-evidence")]
    [TestCase("none", "fiche-2024", "statement-without-evidence")]
    [TestCase("stated", null, "source-needed")]
    [TestCase("mentioned", null, "source-needed")]
    [TestCase("inferred", null, "reason-needed")]
    [TestCase("stated", "fiche-2042", "unknown-source")]
    public void A_statement_needs_the_evidence_of_its_state(string state, string? source, string problem) =>
        Assert.That(
            Check(Council, "/name", new Evidence { State = state, Source = source }).Select(error => error.Code),
            Is.EqualTo(new[] { problem }));

    [Test]
    public void The_source_that_was_meant_is_proposed() =>
        Assert.That(Check(Council, "/name", Stated("fiche-2042")).Single().Closest, Is.EqualTo("fiche-2024"));

    [Test]
    public void The_council_itself_is_a_source_without_an_entry() =>
        Assert.That(Check(Council, "/name", Stated(EvidencePatch.CouncilItself)), Is.Empty);

    [Test]
    public void The_evidence_of_a_part_speaks_of_that_part()
    {
        var body = new GovernanceBody { Type = "steering-committee", Name = "test-0001", Posts = [new Post { Function = "chair" }] };
        Assert.That(Errors("/posts/chair"), Is.Empty);
        Assert.That(Errors("/territory").Select(error => error.Code), Is.EqualTo(new[] { "unknown-property" }));

        List<ValidationError> Errors(string pointer) =>
        [
            .. EvidenceValidator.Check(
                body, ModelJsonContext.Instance.GovernanceBody, new EvidenceMap { [pointer] = Stated() }, Council.GetSourceIds()),
        ];
    }

    private static List<ValidationError> Check(Council council, string pointer, Evidence evidence) =>
    [
        .. EvidenceValidator.Check(
            council, ModelJsonContext.Instance.Council, new EvidenceMap { [pointer] = evidence }, council.GetSourceIds()),
    ];

    private static Evidence Stated(string source = "fiche-2024") => new() { State = "stated", Source = source };
}

using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Model.Tests.Councils;

/// <summary>What the members of a council must be to each other.</summary>
internal sealed class CouncilValidatorTests
{
    private static readonly Council Council = new() { Code = "test-0001", Kind = "clsm", Name = "x", Status = "active" };

    [Test]
    public void A_council_of_its_required_members_is_valid() => Assert.That(Errors(Council), Is.Empty);

    [Test]
    public void A_merged_council_names_its_successor_which_is_another() =>
        Assert.That(
            Errors(Council with { Status = "merged" }).Concat(Errors(Council with { Successors = ["test-0002", "test-0001"] })),
            Is.EqualTo(new[] { "/successors successor-needed", "/successors/1 own-successor" }));

    [Test]
    public void An_id_of_a_source_is_given_once() =>
        Assert.That(
            Errors(Council with { Sources = [new Source { Id = "s" }, new Source { Id = "t" }, new Source { Id = "s" }] }),
            Is.EqualTo(new[] { "/sources/2/id duplicate" }));

    [TestCase("commune", "57463", null)]
    [TestCase("commune", "200039865", "malformed-territory-code")]
    [TestCase("epci", "200039865", null)]
    [TestCase("department", "2A", null)]
    [TestCase("department", "96", "malformed-territory-code")]
    [TestCase("psychiatric-sector", "57G06", null)]
    [TestCase("psychiatric-sector", "57G6", "malformed-territory-code")]
    [TestCase("quarter", null, "code-or-label-needed")]
    public void A_part_of_a_territory_has_a_code_of_its_type(string type, string? code, string? problem) =>
        Assert.That(
            Errors(Covering(new TerritoryPart { Type = type, Code = code })),
            Is.EqualTo(problem is null ? [] : new[] { $"/territory/parts/0/code {problem}" }));

    [Test]
    public void A_part_of_a_territory_does_not_end_before_it_begins() =>
        Assert.That(
            Errors(Covering(new TerritoryPart
            {
                Type = "commune",
                Code = "57463",
                From = new FuzzyDate { Value = "2014-06-10", Precision = "day" },
                To = new FuzzyDate { Value = "2014-21", Precision = "season" },
            })),
            Is.EqualTo(new[] { "/territory/parts/0/to ends-before-start" }));

    private static Council Covering(TerritoryPart part) => Council with { Territory = new Territory { Parts = [part] } };

    private static List<string> Errors(Council council) =>
        [.. new CouncilValidator().FindErrors(council).Select(error => $"{error.Pointer} {error.Code}")];
}

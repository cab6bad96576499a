using System.Globalization;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Quality;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Model.Tests.Quality;

/// <summary>The score is the number of criteria that are met, and every other criterion says what to do.</summary>
internal sealed class QualityCriteriaTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly CouncilDocument Nothing = new() { Code = "test-0001", Kind = "clsm", Name = "x", Status = "unknown" };

    [Test]
    public void A_council_of_which_nothing_is_known_is_told_what_to_do_everywhere()
    {
        var report = QualityCriteria.Of(Nothing, Today);
        Assert.That((report.Score, report.Maximum), Is.EqualTo((0, QualityCriteria.Count)));
        Assert.That(report.Criteria.Select(criterion => criterion.Advice?.Fr), Is.All.Not.Empty.And.All.Not.Null);
        Assert.That(report.Criteria.Select(criterion => criterion.Code), Is.Unique);
    }

    [Test]
    public void A_criterion_that_is_met_counts_and_has_no_advice()
    {
        var report = QualityCriteria.Of(
            Nothing with
            {
                Status = "active",
                Foundation = new Foundation { Date = new FuzzyDate { Value = "2006", Precision = "year" } },
            },
            Today);
        Assert.That(Met(report), Is.EquivalentTo(new[] { "known-status", "foundation" }));
        Assert.That(report.Criteria.Where(criterion => criterion.Met).Select(criterion => criterion.Advice), Is.All.Null);
    }

    [TestCase("2024-11-23", true)]
    [TestCase("2024-11-22", false)]
    public void A_source_is_old_after_two_years(string updatedOn, bool isRecent)
    {
        var source = new Source { Id = "s", UpdatedOn = DateOnly.Parse(updatedOn, CultureInfo.InvariantCulture), RetrievedOn = Today };
        Assert.That(Met(QualityCriteria.Of(Nothing with { Sources = [source] }, Today)).Contains("recent-source"), Is.EqualTo(isRecent));
    }

    [Test]
    public void A_coordinator_among_the_contacts_describes_the_coordination()
    {
        var contact = new Contact { Function = "coordinator", Label = "Coordination", Nominative = false, Visibility = "public" };
        Assert.That(Met(QualityCriteria.Of(Nothing with { Contacts = [contact] }, Today)), Is.EqualTo(new[] { "coordination" }));
        Assert.That(
            Met(QualityCriteria.Of(Nothing with { Contacts = [contact with { Phones = ["+33100000000"] }] }, Today)),
            Is.EquivalentTo(new[] { "coordination", "reachable-contact" }));
    }

    private static List<string> Met(QualityReport report) =>
        [.. report.Criteria.Where(criterion => criterion.Met).Select(criterion => criterion.Code)];
}

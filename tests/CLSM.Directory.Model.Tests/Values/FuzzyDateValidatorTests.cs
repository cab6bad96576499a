using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Model.Tests.Values;

/// <summary>What a fuzzy date says and does not say.</summary>
internal sealed class FuzzyDateValidatorTests
{
    [TestCase("2014-03-21", "day", true)]
    [TestCase("2014-03", "day", false)]
    [TestCase("2014-03", "month", true)]
    [TestCase("2014-21", "month", false)]
    [TestCase("2014-21", "season", true)]
    [TestCase("2014-03", "season", false)]
    [TestCase("2014", "year", true)]
    [TestCase("2014-03", "year", false)]
    [TestCase("2014", "before", true)]
    [TestCase("2014-03-21", "circa", true)]
    public void A_value_can_have_its_precision_or_not(string value, string precision, bool isPossible)
    {
        var errors = new FuzzyDateValidator().FindErrors(Date(value, precision));
        Assert.That(
            errors.Select(error => $"{error.Pointer} {error.Code}"),
            Is.EqualTo(isPossible ? [] : new[] { "/precision precision-mismatch" }));
    }

    [TestCase("2014-06-10", "2014-21", true)]
    [TestCase("2014-05-31", "2014-21", false)]
    [TestCase("2014-24", "2015-02", false)]
    [TestCase("2014-24", "2014-11", true)]
    [TestCase("2014-12-31", "2014", false)]
    [TestCase("2015", "2014-24", false)]
    [TestCase("2015-03", "2014-24", true)]
    public void An_end_is_before_a_start_only_where_every_day_of_it_is(string from, string to, bool isBefore) =>
        Assert.That(FuzzyDateValidator.EndsBeforeStart(Exact(from), Exact(to)), Is.EqualTo(isBefore));

    [TestCase("before")]
    [TestCase("after")]
    [TestCase("circa")]
    public void A_date_that_is_only_a_bound_or_a_guess_contradicts_nothing(string precision)
    {
        Assert.That(FuzzyDateValidator.EndsBeforeStart(Date("2020", precision), Exact("2014")), Is.False);
        Assert.That(FuzzyDateValidator.EndsBeforeStart(Exact("2020"), Date("2014", precision)), Is.False);
        Assert.That(FuzzyDateValidator.EndsBeforeStart(null, Exact("2014")), Is.False);
    }

    private static FuzzyDate Exact(string value) =>
        Date(value, value.Length == 10 ? "day" : value.Length == 4 ? "year" : FuzzyDateSpan.IsSeason(value) ? "season" : "month");

    private static FuzzyDate Date(string value, string precision) => new() { Value = value, Precision = precision };
}

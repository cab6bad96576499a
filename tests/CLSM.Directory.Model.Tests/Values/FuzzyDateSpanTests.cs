using System.Globalization;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Model.Tests.Values;

/// <summary>The days that a fuzzy date can mean.</summary>
internal sealed class FuzzyDateSpanTests
{
    [TestCase("2014", "2014-01-01", "2014-12-31")]
    [TestCase("2014-02", "2014-02-01", "2014-02-28")]
    [TestCase("2016-02", "2016-02-01", "2016-02-29")]
    [TestCase("2014-03-21", "2014-03-21", "2014-03-21")]
    [TestCase("2014-21", "2014-03-01", "2014-05-31")]
    [TestCase("2014-22", "2014-06-01", "2014-08-31")]
    [TestCase("2014-23", "2014-09-01", "2014-11-30")]
    [TestCase("2014-24", "2014-12-01", "2015-02-28")]
    [TestCase("2015-24", "2015-12-01", "2016-02-29")]
    public void A_value_spans_its_days(string value, string first, string last)
    {
        var span = FuzzyDateSpan.Of(value);
        Assert.That((Day(span.First), Day(span.Last)), Is.EqualTo((first, last)));
    }

    [Test]
    public void The_months_of_a_year_follow_each_other_without_a_gap()
    {
        var months = Enumerable.Range(1, 12).Select(month => FuzzyDateSpan.Of($"2016-{month:00}")).ToList();
        Assert.That(
            months.Zip(months.Skip(1)).Select(pair => pair.First.Last.AddDays(1)),
            Is.EqualTo(months.Skip(1).Select(month => month.First)));
        Assert.That(new FuzzyDateSpan(months[0].First, months[^1].Last), Is.EqualTo(FuzzyDateSpan.Of("2016")));
    }

    [Test]
    public void The_seasons_follow_each_other_without_a_gap()
    {
        var seasons = new[] { "2014-21", "2014-22", "2014-23", "2014-24", "2015-21" }.Select(FuzzyDateSpan.Of).ToList();
        Assert.That(
            seasons.Zip(seasons.Skip(1)).Select(pair => pair.First.Last.AddDays(1)),
            Is.EqualTo(seasons.Skip(1).Select(season => season.First)));
    }

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}

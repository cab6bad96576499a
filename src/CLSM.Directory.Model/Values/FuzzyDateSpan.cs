using System.Globalization;

namespace CLSM.Directory.Model.Values;

/// <summary>
/// The first and the last day that the value of a fuzzy date can mean. The functions <c>directory.first_day</c> and <c>last_day</c> of the
/// database do the same; a test compares them. EDTF leaves the days of a season open: they are those of meteorology, whole months, because a
/// source that says "spring" means no day, and because validation has always stored dates by them.
/// </summary>
internal readonly record struct FuzzyDateSpan(DateOnly First, DateOnly Last)
{
    /// <summary>The span of <c>2014</c>, <c>2014-03</c>, <c>2014-03-21</c>, or a season from <c>2014-21</c> (spring) to <c>2014-24</c> (winter).</summary>
    public static FuzzyDateSpan Of(string value)
    {
        if (value.Length == 10)
        {
            var day = DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            return new FuzzyDateSpan(day, day);
        }

        var year = int.Parse(value[..4], CultureInfo.InvariantCulture);
        var (first, months) = value.Length == 4 ? (new DateOnly(year, 1, 1), 12)
            : IsSeason(value) ? (new DateOnly(year, 3 * (value[6] - '0'), 1), 3)
            : (new DateOnly(year, int.Parse(value[5..], CultureInfo.InvariantCulture), 1), 1);
        return new FuzzyDateSpan(first, first.AddMonths(months).AddDays(-1));
    }

    /// <summary>Whether the value is a season.</summary>
    public static bool IsSeason(string value) => value.Length == 7 && value[5] == '2';
}

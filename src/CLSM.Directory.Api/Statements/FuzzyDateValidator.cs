using System.Globalization;
using CLSM.Directory.Api.Http;
using FluentValidation;

namespace CLSM.Directory.Api.Statements;

/// <summary>The value must be able to have its precision.</summary>
internal sealed class FuzzyDateValidator : AbstractValidator<FuzzyDate>
{
    public FuzzyDateValidator() =>
        RuleFor(date => date.Precision).Must((date, _) => IsPossible(date)).Or("precision-mismatch", date => [date.Value, date.Precision]);

    /// <summary>Whether the second date is certainly before the first. Dates that are only bounds or guesses contradict nothing.</summary>
    public static bool EndsBeforeStart(FuzzyDate? from, FuzzyDate? to) =>
        from is not null && to is not null && !IsVague(from) && !IsVague(to) && Span(to.Value).Last < Span(from.Value).First;

    private static bool IsVague(FuzzyDate date) => date.Precision is "before" or "after" or "circa";

    private static bool IsPossible(FuzzyDate date) => date.Precision switch
    {
        "day" => date.Value.Length == 10,
        "season" => IsSeason(date.Value),
        "month" => date.Value.Length == 7 && !IsSeason(date.Value),
        "year" => date.Value.Length == 4,
        _ => true,
    };

    private static bool IsSeason(string value) => value.Length == 7 && value[5] == '2';

    /// <summary>The first and the last day that a value can mean.</summary>
    private static (DateOnly First, DateOnly Last) Span(string value)
    {
        if (value.Length == 10)
        {
            var day = DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            return (day, day);
        }

        var year = int.Parse(value[..4], CultureInfo.InvariantCulture);
        var (first, months) = value.Length == 4 ? (new DateOnly(year, 1, 1), 12)
            : IsSeason(value) ? (new DateOnly(year, 3, 1).AddMonths((value[6] - '1') * 3), 3)
            : (new DateOnly(year, int.Parse(value[5..], CultureInfo.InvariantCulture), 1), 1);
        return (first, first.AddMonths(months).AddDays(-1));
    }
}

using CLSM.Directory.Model.Validation;
using FluentValidation;

namespace CLSM.Directory.Model.Values;

/// <summary>The value must be able to have its precision.</summary>
internal sealed class FuzzyDateValidator : AbstractValidator<FuzzyDate>
{
    public FuzzyDateValidator() =>
        RuleFor(date => date.Precision).Must((date, _) => IsPossible(date)).Or("precision-mismatch", date => [date.Value, date.Precision]);

    /// <summary>Whether the second date is certainly before the first. Dates that are only bounds or guesses contradict nothing.</summary>
    public static bool EndsBeforeStart(FuzzyDate? from, FuzzyDate? to) =>
        from is not null && to is not null && !IsVague(from) && !IsVague(to) && FuzzyDateSpan.Of(to.Value).Last < FuzzyDateSpan.Of(from.Value).First;

    private static bool IsVague(FuzzyDate date) => date.Precision is "before" or "after" or "circa";

    private static bool IsPossible(FuzzyDate date) => date.Precision switch
    {
        "day" => date.Value.Length == 10,
        "season" => FuzzyDateSpan.IsSeason(date.Value),
        "month" => date.Value.Length == 7 && !FuzzyDateSpan.IsSeason(date.Value),
        "year" => date.Value.Length == 4,
        _ => true,
    };
}

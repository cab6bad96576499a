using System.Text.RegularExpressions;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;
using FluentValidation;

namespace CLSM.Directory.Model.Councils;

/// <summary>What the members of a council must be to each other; each one's own shape is declared on it.</summary>
internal sealed class CouncilValidator : AbstractValidator<Council>
{
    public CouncilValidator()
    {
        var dates = new FuzzyDateValidator();
        RuleFor(council => council.Foundation!.Date!).SetValidator(dates).When(council => council.Foundation?.Date is not null);
        RuleForEach(council => council.Foundation!.OtherDates).SetValidator(dates).When(council => council.Foundation?.OtherDates is not null);
        RuleForEach(council => council.StatusHistory)
            .ChildRules(change => change.RuleFor(entry => entry.From!).SetValidator(dates).When(entry => entry.From is not null));
        RuleForEach(council => council.Territory!.Parts).SetValidator(new TerritoryPartValidator()).When(council => council.Territory is not null);
        RuleForEach(council => council.Objectives)
            .Must(objective => objective.Title is not null || objective.Text is not null).Or("title-or-text-needed");
        RuleForEach(council => council.Successors)
            .Must((council, successor) => successor != council.Code).Or("own-successor");
        RuleForEach(council => council.Predecessors)
            .Must((council, predecessor) => predecessor != council.Code).Or("own-successor");
        RuleFor(council => council.Successors)
            .Must(successors => successors is not null).When(council => council.Status == "merged").Or("successor-needed");
        RuleFor(council => council.Sources).Custom((sources, context) =>
        {
            var seen = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var (source, index) in (sources ?? []).Select((source, index) => (source, index)))
            {
                if (!seen.TryAdd(source.Id, index))
                {
                    context.AddFailure(new FluentValidation.Results.ValidationFailure($"Sources[{index}].Id", "duplicate")
                    {
                        CustomState = new ValidationError("duplicate", [source.Id, $"/sources/{seen[source.Id]}/id"]) { Value = source.Id },
                    });
                }
            }
        });
    }
}

/// <summary>A part of a territory has a code of its type or a label, and does not end before it begins.</summary>
internal sealed partial class TerritoryPartValidator : AbstractValidator<TerritoryPart>
{
    public TerritoryPartValidator()
    {
        var dates = new FuzzyDateValidator();
        RuleFor(part => part.Code).Must((part, _) => part.Code is not null || part.Label is not null).Or("code-or-label-needed");
        RuleFor(part => part.Code)
            .Must((part, code) => !code!.EndsWith('\n') && Expression(part.Type).IsMatch(code)).When(part => part.Code is not null)
            .Or("malformed-territory-code", part => [part.Code!, part.Type]);
        RuleFor(part => part.From!).SetValidator(dates).When(part => part.From is not null);
        RuleFor(part => part.To!).SetValidator(dates).When(part => part.To is not null);
        RuleFor(part => part.To)
            .Must((part, to) => !FuzzyDateValidator.EndsBeforeStart(part.From, to))
            .Or("ends-before-start", part => [part.From!.Value, part.To!.Value]);
    }

    private static Regex Expression(string type) => type switch
    {
        "commune" or "municipal-arrondissement" or "associated-commune" or "delegated-commune" => TextFormat.Of(PatternKind.CommuneCode).Expression,
        "epci" => TextFormat.Of(PatternKind.Siren).Expression,
        "department" => Department(),
        "psychiatric-sector" => PsychiatricSector(),
        _ => Anything(),
    };

    [GeneratedRegex("^(?:0[1-9]|[1-8][0-9]|9[0-5]|2[AB]|97[1-8]|98[4-9])$")]
    private static partial Regex Department();

    [GeneratedRegex("^(?:[0-9]{2,3}|2[AB])[A-Z][0-9]{2}$")]
    private static partial Regex PsychiatricSector();

    [GeneratedRegex("^.+$")]
    private static partial Regex Anything();
}

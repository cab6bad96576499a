using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;

namespace CLSM.Directory.Model.Validation;

/// <summary>Between FluentValidation, which holds the rules, and the problem catalogue, which holds the words.</summary>
internal static class FluentValidationExtensions
{
    /// <summary>The rule's error: a code of the catalogue and what fills its sentence.</summary>
    public static IRuleBuilderOptions<T, TProperty> Or<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule, string code, Func<T, object[]>? arguments = null) =>
        rule.WithState(subject => new ValidationError(code, arguments?.Invoke(subject) ?? []));

    public static IReadOnlyList<ValidationError> FindErrors<T>(this IValidator<T> validator, T subject)
    {
        var result = validator.Validate(subject);
        return result.IsValid ? [] : [.. result.Errors.Select(failure => ((ValidationError)failure.CustomState).At(PointerOf(failure)))];
    }

    /// <summary><c>Territory.Parts[2].Code</c> as <c>/territory/parts/2/code</c>.</summary>
    private static string PointerOf(ValidationFailure failure) => string.Concat(failure.PropertyName
        .Split('.', StringSplitOptions.RemoveEmptyEntries)
        .Select(segment => segment.Split('['))
        .Select(pieces => "/" + JsonNamingPolicy.CamelCase.ConvertName(pieces[0]) + (pieces.Length > 1 ? "/" + pieces[1].TrimEnd(']') : "")));
}

using System.Text.Json;
using CLSM.Directory.Model.Vocabularies;

namespace CLSM.Directory.Model.Validation;

/// <summary>
/// A rule on one member of a wire record. It is declared once, on the member, and serves twice: requests are checked by it, and the contract
/// says it. On a list of values it speaks of each value.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class ConstraintAttribute : Attribute
{
    /// <summary>What is wrong with the value, or null.</summary>
    internal abstract ValidationError? Check(JsonElement value);

    /// <summary>What a schema says of the rule.</summary>
    internal abstract ConstraintFacets Facets { get; }
}

/// <summary>Set by the directory: shown in answers, not stated in requests.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReadOnlyMemberAttribute : Attribute;

/// <summary>At most so many members in a list or map.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MaxItemsAttribute(int maximum) : Attribute
{
    /// <summary>The greatest number of members.</summary>
    public int Maximum { get; } = maximum;
}

/// <summary>Text of a bounded length.</summary>
public sealed class TextAttribute(int maximumLength) : ConstraintAttribute
{
    /// <summary>The greatest length, in UTF-16 units.</summary>
    public int MaximumLength { get; } = maximumLength;

    internal override ValidationError? Check(JsonElement value) =>
        value.GetString() is { } text && text.Length > MaximumLength
            ? new ValidationError("too-long", [MaximumLength, text.Length])
            : null;

    internal override ConstraintFacets Facets => new() { MinLength = 1, MaxLength = MaximumLength };
}

/// <summary>A code of a vocabulary. Codes are data: the contract names the list and does not enumerate it.</summary>
public sealed class CodeAttribute(string vocabulary) : ConstraintAttribute
{
    /// <summary>Code of the vocabulary.</summary>
    public string Vocabulary { get; } = vocabulary;

    internal override ValidationError? Check(JsonElement value)
    {
        var code = value.GetString()!;
        var list = VocabularyCatalogue.Get(Vocabulary);
        return list.Contains(code)
            ? null
            : new ValidationError("unknown-code", [code, Vocabulary]) { Value = code, Closest = ClosestMatch.Find(code, list.CodeWords) };
    }

    internal override ConstraintFacets Facets => new() { Pattern = "^[a-z0-9]+(-[a-z0-9]+)*$", MaxLength = 100, Vocabulary = Vocabulary };
}

/// <summary>A number between two bounds, both included.</summary>
public sealed class NumberRangeAttribute(double minimum, double maximum) : ConstraintAttribute
{
    internal override ValidationError? Check(JsonElement value) =>
        value.GetDouble() is var number && (number < minimum || number > maximum)
            ? new ValidationError("out-of-range", [minimum, maximum])
            {
                Value = value.GetRawText(),
                Closest = (number < minimum ? minimum : maximum).ToString(System.Globalization.CultureInfo.InvariantCulture),
            }
            : null;

    internal override ConstraintFacets Facets => new() { Minimum = minimum, Maximum = maximum };
}

/// <summary>The record refers to another resource of its council, which the caller of the shape validator completes.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ReferenceAttribute : Attribute;

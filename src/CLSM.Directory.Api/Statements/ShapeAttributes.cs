using System.Text.Json;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Vocabularies;
using Microsoft.OpenApi;

namespace CLSM.Directory.Api.Statements;

/// <summary>
/// A rule on one member of a wire record. It is declared once, on the member, and serves twice: requests are checked by it, and the contract
/// says it. On a list of values it speaks of each value.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class ShapeAttribute : Attribute
{
    /// <summary>What is wrong with the value, or null.</summary>
    internal abstract Violation? Check(JsonElement value);

    /// <summary>Writes the rule into the contract.</summary>
    internal abstract void Describe(OpenApiSchema schema);
}

/// <summary>Set by the directory: shown in answers, not stated in requests.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReadOnlyMemberAttribute : Attribute;

/// <summary>At most so many members in a list or map.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ItemsAttribute(int maximum) : Attribute
{
    /// <summary>The greatest number of members.</summary>
    public int Maximum { get; } = maximum;
}

/// <summary>Text of a bounded length.</summary>
public sealed class TextAttribute(int maximumLength) : ShapeAttribute
{
    /// <summary>The greatest length, in UTF-16 units.</summary>
    public int MaximumLength { get; } = maximumLength;

    internal override Violation? Check(JsonElement value) =>
        value.GetString() is { } text && text.Length > MaximumLength
            ? new Violation("too-long", [MaximumLength, text.Length])
            : null;

    internal override void Describe(OpenApiSchema schema)
    {
        schema.MinLength = 1;
        schema.MaxLength = MaximumLength;
    }
}

/// <summary>A code of a vocabulary. Codes are data: the contract names the list and does not enumerate it.</summary>
public sealed class CodeAttribute(string vocabulary) : ShapeAttribute
{
    /// <summary>Code of the vocabulary.</summary>
    public string Vocabulary { get; } = vocabulary;

    internal override Violation? Check(JsonElement value)
    {
        var code = value.GetString()!;
        var list = VocabularyCatalogue.Get(Vocabulary);
        return list.Contains(code)
            ? null
            : new Violation("unknown-code", [code, Vocabulary]) { Value = code, Closest = Closeness.Closest(code, list.CodeWords) };
    }

    internal override void Describe(OpenApiSchema schema)
    {
        schema.Pattern = "^[a-z0-9]+(-[a-z0-9]+)*$";
        schema.MaxLength = 100;
        schema.Extensions ??= new Dictionary<string, IOpenApiExtension>();
        schema.Extensions["x-vocabulary"] = new JsonNodeExtension($"/v1/vocabularies/{Vocabulary}");
    }
}

/// <summary>A number between two bounds, both included.</summary>
public sealed class NumberRangeAttribute(double minimum, double maximum) : ShapeAttribute
{
    internal override Violation? Check(JsonElement value) =>
        value.GetDouble() is var number && (number < minimum || number > maximum)
            ? new Violation("out-of-range", [minimum, maximum])
            {
                Value = value.GetRawText(),
                Closest = (number < minimum ? minimum : maximum).ToString(System.Globalization.CultureInfo.InvariantCulture),
            }
            : null;

    internal override void Describe(OpenApiSchema schema)
    {
        schema.Minimum = minimum.ToString(System.Globalization.CultureInfo.InvariantCulture);
        schema.Maximum = maximum.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}

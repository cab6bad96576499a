using System.Globalization;
using System.Text.Json.Nodes;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Vocabularies;
using Microsoft.OpenApi;

namespace CLSM.Directory.Api.Web.Parameters;

/// <summary>
/// A query parameter, declared once: requests are checked by it and the contract describes it. With <see cref="IsList"/> several values
/// may be given, separated by commas or by repeating the parameter.
/// </summary>
internal abstract record QueryParameter(string Name, string Description)
{
    public bool IsList { get; init; }

    /// <summary>Whether there is no answer without it; the operation itself refuses.</summary>
    public bool IsRequired { get; init; }

    /// <summary>A value that works on the default data.</summary>
    public string? Example { get; init; }

    public abstract ValidationError? Check(string value);

    public abstract OpenApiSchema Schema();
}

/// <summary>A query parameter whose text stands for a value: the text is parsed here, for the check and for who reads it.</summary>
internal abstract record QueryParameter<T>(string Name, string Description) : QueryParameter(Name, Description)
    where T : struct
{
    /// <summary>The value of a text, or null where the text is malformed.</summary>
    public abstract T? Parse(string text);

    /// <summary>The value of a request, whose parameters are checked; null where it has none.</summary>
    public T? Read(ParsedQuery query) => query.GetValue(Name) is { } text ? Parse(text) : null;
}

/// <summary>A code of a vocabulary.</summary>
internal sealed record CodeParameter(string Name, string Vocabulary, string Description) : QueryParameter(Name, Description)
{
    public override ValidationError? Check(string value) =>
        VocabularyCatalogue.Get(Vocabulary) is var list && list.Contains(value)
            ? null
            : new ValidationError("unknown-code", [value, Vocabulary]) { Value = value, Closest = ClosestMatch.Find(value, list.CodeWords) };

    public override OpenApiSchema Schema() => new()
    {
        Type = JsonSchemaType.String,
        Pattern = "^[a-z0-9]+(-[a-z0-9]+)*$",
        MaxLength = 100,
        Extensions = new Dictionary<string, IOpenApiExtension> { ["x-vocabulary"] = new JsonNodeExtension($"/v1/vocabularies/{Vocabulary}") },
    };
}

/// <summary>One of a few fixed words.</summary>
internal sealed record ChoiceParameter(string Name, IReadOnlyList<string> Values, string? Default, string Description) : QueryParameter(Name, Description)
{
    public override ValidationError? Check(string value) => Values.Contains(value)
        ? null
        : new ValidationError("unknown-value", [value, string.Join(", ", Values)]) { Value = value, Closest = ClosestMatch.Find(value, Values) };

    public override OpenApiSchema Schema() => new()
    {
        Type = JsonSchemaType.String,
        Enum = [.. Values.Select(value => (JsonNode)value)],
        Default = Default is null ? null : (JsonNode)Default,
    };
}

/// <summary>A whole number between two bounds.</summary>
internal sealed record IntegerParameter(string Name, int Minimum, int Maximum, int? Default, string Description) : QueryParameter<int>(Name, Description)
{
    public override ValidationError? Check(string value) =>
        Parse(value) is not null
            ? null
            : new ValidationError("not-an-integer", [value, Minimum, Maximum])
            {
                Value = value,
                Closest = decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var near)
                    ? Math.Clamp(decimal.Round(near), Minimum, Maximum).ToString(CultureInfo.InvariantCulture)
                    : (Default ?? Minimum).ToString(CultureInfo.InvariantCulture),
            };

    /// <summary>Whether the contract states the default: a program that fills it in sends it, which some parameters do not bear alone.</summary>
    public bool StatesDefault { get; init; } = true;

    public override int? Parse(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= Minimum && number <= Maximum
            ? number
            : null;

    /// <summary>The number, or the default where none is given.</summary>
    public int ReadOrDefault(ParsedQuery query) => Read(query) ?? Default ?? Minimum;

    public override OpenApiSchema Schema() => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int32",
        Minimum = Minimum.ToString(CultureInfo.InvariantCulture),
        Maximum = Maximum.ToString(CultureInfo.InvariantCulture),
        Default = StatesDefault && Default is { } usual ? (JsonNode)usual : null,
    };
}

/// <summary>An instant in UTC.</summary>
internal sealed record InstantParameter(string Name, string Description) : QueryParameter<DateTime>(Name, Description)
{
    public static DateTime? InstantOf(string text) =>
        DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var instant)
            ? instant.UtcDateTime
            : null;

    public override DateTime? Parse(string text) => InstantOf(text);

    public override ValidationError? Check(string value) => Parse(value) is null
        ? new ValidationError("not-an-instant", [value]) { Value = value, Closest = Approximate(value) }
        : null;

    public override OpenApiSchema Schema() => new() { Type = JsonSchemaType.String, Format = "date-time", MaxLength = 40 };

    private static string? Approximate(string value) =>
        DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : null;
}

/// <summary>Text with a check of its own.</summary>
internal sealed record TextParameter(string Name, int MaximumLength, string Description) : QueryParameter(Name, Description)
{
    public Func<string, ValidationError?>? Rule { get; init; }

    public string? Pattern { get; init; }

    public override ValidationError? Check(string value) =>
        value.Length > MaximumLength ? new ValidationError("too-long", [MaximumLength, value.Length])
        : value.FirstOrDefault(char.IsControl) is var control && (control != '\0' || value.Contains('\0', StringComparison.Ordinal)) ? new ValidationError("control-character", [(int)control])
        : Rule?.Invoke(value);

    public override OpenApiSchema Schema() => new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = MaximumLength, Pattern = Pattern };
}

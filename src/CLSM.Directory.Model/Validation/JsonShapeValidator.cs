using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CLSM.Directory.Model.Validation;

/// <summary>
/// Compares a JSON value with a wire record before it is read into one, so that everything wrong is reported at once, each with its place:
/// a serialiser stops at the first error and speaks of types.
/// </summary>
internal sealed class JsonShapeValidator
{
    private static readonly ConcurrentDictionary<Type, Shape> Shapes = new();

    private readonly List<ValidationError> errors = [];

    private readonly List<string> references = [];

    private JsonShapeValidator()
    {
    }

    /// <summary>All that is wrong with the value, at most <see cref="ValidationError.MaxErrors"/> things.</summary>
    public IReadOnlyList<ValidationError> Errors => errors;

    /// <summary>Pointers to the references to organisations that the value holds.</summary>
    public IReadOnlyList<string> References => references;

    public static JsonShapeValidator Validate(JsonElement value, JsonTypeInfo record)
    {
        var check = new JsonShapeValidator();
        check.Visit(value, ShapeOf(record), [], null, "");
        return check;
    }

    /// <summary>Names of the members of a wire record.</summary>
    public static IReadOnlyList<string> MemberNames(JsonTypeInfo record) => [.. record.Properties.Select(property => property.Name)];

    private void Visit(JsonElement value, Shape shape, IReadOnlyList<ConstraintAttribute> rules, MaxItemsAttribute? items, string pointer)
    {
        if (errors.Count >= ValidationError.MaxErrors)
        {
            return;
        }

        if (value.ValueKind is JsonValueKind.Null)
        {
            Report(new ValidationError("null-not-allowed", []), pointer);
            return;
        }

        if (!shape.Admits(value))
        {
            Report(new ValidationError("wrong-type", [shape.Wanted, NameOf(value.ValueKind)]) { Value = ValueOf(value) }, pointer);
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object when shape.Members is { } members:
                if (shape.IsReference)
                {
                    references.Add(pointer);
                }

                VisitMembers(value, members, pointer);
                break;
            case JsonValueKind.Object:
                VisitMap(value, shape, items, pointer);
                break;
            case JsonValueKind.Array:
                VisitItems(value, shape, rules, items, pointer);
                break;
            default:
                VisitScalar(value, rules, pointer);
                break;
        }
    }

    private void VisitMembers(JsonElement value, IReadOnlyDictionary<string, Member> members, string pointer)
    {
        if (pointer.Length > 0 && value.GetPropertyCount() == 0)
        {
            Report(new ValidationError("empty", []), pointer);
            return;
        }

        foreach (var property in value.EnumerateObject())
        {
            var place = pointer + ValidationError.Segment(property.Name);
            if (members.TryGetValue(property.Name, out var member))
            {
                Visit(property.Value, member.Shape.Value, member.Rules, member.Items, place);
            }
            else
            {
                Report(new ValidationError("unknown-property", [property.Name]) { Closest = ClosestMatch.Find(property.Name, members.Keys) }, place);
            }
        }

        foreach (var (name, member) in members)
        {
            if (member.IsRequired && !value.TryGetProperty(name, out _))
            {
                Report(new ValidationError("missing-property", [name]), pointer + ValidationError.Segment(name));
            }
        }
    }

    private void VisitMap(JsonElement value, Shape shape, MaxItemsAttribute? items, string pointer)
    {
        CheckCount(value.GetPropertyCount(), items, pointer);
        foreach (var property in value.EnumerateObject())
        {
            if (ControlCharacter(property.Name) is { } unwanted)
            {
                Report(unwanted, pointer);
            }

            Visit(property.Value, shape.Element!.Value, [], null, pointer + ValidationError.Segment(property.Name));
        }
    }

    private void VisitItems(JsonElement value, Shape shape, IReadOnlyList<ConstraintAttribute> rules, MaxItemsAttribute? items, string pointer)
    {
        CheckCount(value.GetArrayLength(), items, pointer);
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            Visit(item, shape.Element!.Value, rules, null, $"{pointer}/{index.ToString(CultureInfo.InvariantCulture)}");
            index++;
        }
    }

    private void CheckCount(int count, MaxItemsAttribute? items, string pointer)
    {
        if (count == 0)
        {
            Report(new ValidationError("empty", []), pointer);
        }
        else if (items is not null && count > items.Maximum)
        {
            Report(new ValidationError("too-many-items", [items.Maximum, count]), pointer);
        }
    }

    private void VisitScalar(JsonElement value, IReadOnlyList<ConstraintAttribute> rules, string pointer)
    {
        if (value.ValueKind is JsonValueKind.String)
        {
            if (TextError(value) is { } error)
            {
                Report(error, pointer);
                return;
            }
        }

        foreach (var rule in rules)
        {
            if (rule.Check(value) is { } error)
            {
                Report(error, pointer);
                return;
            }
        }
    }

    private static ValidationError? TextError(JsonElement value)
    {
        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return new ValidationError("invalid-text", []);
        }

        return ControlCharacter(text) ?? (text.All(IsInvisible) ? new ValidationError("empty", []) : null);
    }

    private static ValidationError? ControlCharacter(string text) =>
        text.FirstOrDefault(letter => (char.IsControl(letter) && letter is not ('\n' or '\t' or '\r')) || IsDirectionOverride(letter), '\uFFFF') is var found and not '\uFFFF'
            ? new ValidationError("control-character", [(int)found])
            : null;

    private static bool IsInvisible(char letter) =>
        char.IsWhiteSpace(letter) || CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.Control;

    /// <summary>What makes a text read otherwise than it is written.</summary>
    private static bool IsDirectionOverride(char letter) => letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private void Report(ValidationError error, string pointer) => errors.Add(error with { Pointer = pointer });

    private static string? ValueOf(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? null : value.GetRawText();

    private static string NameOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var other => other.ToString().ToLowerInvariant(),
    };

    private static Shape ShapeOf(JsonTypeInfo record) => ShapeOf(record.Type, record.Options);

    private static Shape ShapeOf(Type type, JsonSerializerOptions options) => Shapes.GetOrAdd(type, static (type, options) => Shape.From(type, options), options);

    /// <summary>What one type looks like as JSON.</summary>
    private sealed record Shape(string Wanted, Func<JsonElement, bool> Admits)
    {
        public IReadOnlyDictionary<string, Member>? Members { get; init; }

        public Lazy<Shape>? Element { get; init; }

        public bool IsReference { get; init; }

        public static Shape From(Type type, JsonSerializerOptions options)
        {
            var actual = Nullable.GetUnderlyingType(type) ?? type;
            if (Scalar(actual) is { } scalar)
            {
                return scalar;
            }

            var information = options.GetTypeInfo(actual);
            return information.Kind switch
            {
                JsonTypeInfoKind.Enumerable => new Shape("array", value => value.ValueKind is JsonValueKind.Array)
                {
                    Element = new Lazy<Shape>(() => ShapeOf(information.ElementType!, options)),
                },
                JsonTypeInfoKind.Dictionary => new Shape("object", value => value.ValueKind is JsonValueKind.Object)
                {
                    Element = new Lazy<Shape>(() => ShapeOf(information.ElementType!, options)),
                },
                _ => new Shape("object", value => value.ValueKind is JsonValueKind.Object)
                {
                    Members = information.Properties.ToDictionary(property => property.Name, Member.From, StringComparer.Ordinal),
                    IsReference = actual.IsDefined(typeof(ReferenceAttribute), false),
                },
            };
        }

        private static Shape? Scalar(Type type) =>
            type == typeof(string) ? new Shape("string", IsString)
            : type == typeof(bool) ? new Shape("boolean", value => value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            : type == typeof(int) ? new Shape("integer", value => value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out _))
            : type == typeof(decimal) ? new Shape("number", value => value.ValueKind is JsonValueKind.Number && value.TryGetDecimal(out _))
            : type == typeof(Guid) ? new Shape("UUID", value => IsString(value) && value.TryGetGuid(out _))
            : type == typeof(DateOnly) ? new Shape("date YYYY-MM-DD", value => IsString(value) && DateOnly.TryParseExact(SafeText(value), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            : type == typeof(DateTimeOffset) ? new Shape("instant ISO 8601", value => IsString(value) && value.TryGetDateTimeOffset(out _))
            : null;

        private static bool IsString(JsonElement value) => value.ValueKind is JsonValueKind.String;

        private static string SafeText(JsonElement value) => TextError(value) is null ? value.GetString()! : "";
    }

    private sealed record Member(Lazy<Shape> Shape, IReadOnlyList<ConstraintAttribute> Rules, MaxItemsAttribute? Items, bool IsRequired)
    {
        public static Member From(JsonPropertyInfo property) => new(
            new Lazy<Shape>(() => ShapeOf(property.PropertyType, property.Options)),
            [.. Attributes<ConstraintAttribute>(property)],
            Attributes<MaxItemsAttribute>(property).SingleOrDefault(),
            property.IsRequired);

        private static IEnumerable<TAttribute> Attributes<TAttribute>(JsonPropertyInfo property) =>
            property.AttributeProvider?.GetCustomAttributes(typeof(TAttribute), inherit: true).Cast<TAttribute>() ?? [];
    }
}

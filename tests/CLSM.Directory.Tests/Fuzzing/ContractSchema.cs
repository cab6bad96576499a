using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CLSM.Directory.Tests.Fuzzing;

/// <summary>
/// A schema of the contract, compiled once. It knows the words of JSON Schema that the contract uses and refuses to be made of others, so
/// that none is passed over. (JsonSchema.Net does not restore here.)
/// </summary>
internal sealed class ContractSchema
{
    private static readonly HashSet<string> Silent = ["description", "examples", "example", "readOnly", "default", "deprecated", "x-vocabulary"];

    private readonly HashSet<string> types = [];
    private readonly Dictionary<string, ContractSchema> properties = new(StringComparer.Ordinal);
    private readonly List<string> required = [];
    private readonly List<ContractSchema> oneOf = [];
    private ContractSchema? items;
    private ContractSchema? additional;
    private bool isClosed;
    private Regex? pattern;

    private ContractSchema()
    {
    }

    public IReadOnlyCollection<string> Types => types;

    public IReadOnlyDictionary<string, ContractSchema> Properties => properties;

    public ContractSchema? Items => items;

    public ContractSchema? Additional => additional;

    public IReadOnlyList<ContractSchema> OneOf => oneOf;

    public IReadOnlyList<string>? Words { get; private set; }

    public string? Format { get; private set; }

    public string? Pattern => pattern?.ToString();

    public string? Vocabulary { get; private set; }

    public decimal? Minimum { get; private set; }

    public decimal? Maximum { get; private set; }

    public int? Shortest { get; private set; }

    public int? Longest { get; private set; }

    public int? Fewest { get; private set; }

    public int? Most { get; private set; }

    /// <summary>Whether a member has to be there.</summary>
    public bool Needs(string member) => required.Contains(member);

    /// <summary>A schema with everything it refers to; those of the same place are made once.</summary>
    public static ContractSchema Compile(JsonNode contract, JsonNode node, Dictionary<string, ContractSchema> known)
    {
        if (node["$ref"] is { } reference)
        {
            var name = reference.GetValue<string>();
            if (!known.TryGetValue(name, out var found))
            {
                found = known[name] = new ContractSchema();
                found.Fill(contract, Contract.Resolve(contract, node), known);
            }

            return found;
        }

        var schema = new ContractSchema();
        schema.Fill(contract, node, known);
        return schema;
    }

    /// <summary>What is wrong with a value first, with its place; null where it is valid. With <paramref name="isSelection"/> no member is missed.</summary>
    public string? Fault(JsonElement value, bool isSelection = false, string at = "")
    {
        if (types.Count > 0 && !types.Contains(TypeOf(value)) && !(types.Contains("number") && value.ValueKind is JsonValueKind.Number))
        {
            return $"{at}: {value.ValueKind} in place of {string.Join(" or ", types)}";
        }

        if (Words is not null && !(value.ValueKind is JsonValueKind.String && Words.Contains(value.GetString()!)))
        {
            return $"{at}: {value.GetRawText()} is none of {string.Join(", ", Words)}";
        }

        if (oneOf.Count > 0 && oneOf.Count(choice => choice.Fault(value, isSelection, at) is null) != 1)
        {
            return $"{at}: fits not exactly one of {oneOf.Count}: {string.Join(" / ", oneOf.Select(choice => choice.Fault(value, isSelection, at)))}";
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => TextFault(value.GetString()!, at),
            JsonValueKind.Number => value.GetDouble() is var number && (number < (double?)Minimum || number > (double?)Maximum) ? $"{at}: {number} is out of bounds" : null,
            JsonValueKind.Array => ArrayFault(value, isSelection, at),
            JsonValueKind.Object => ObjectFault(value, isSelection, at),
            _ => null,
        };
    }

    /// <summary>What is wrong with a text.</summary>
    public string? TextFault(string text, string at)
    {
        var length = text.EnumerateRunes().Count();
        var fault = length < Shortest ? "is too short"
            : length > Longest ? "is too long"
            : pattern?.IsMatch(text) == false ? $"does not match {pattern}"
            : Format switch
            {
                "uuid" => Guid.TryParseExact(text, "D", out _) ? null : "is no uuid",
                "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? null : "is no date",
                "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _) && text.EndsWith('Z') ? null : "is no instant in UTC",
                "uri" => Uri.TryCreate(text, UriKind.Absolute, out _) ? null : "is no address",
                "email" => text.Count(letter => letter == '@') == 1 ? null : "is no e-mail address",
                _ => null,
            };
        return fault is null ? null : $"{at}: '{(text.Length > 200 ? text[..200] : text)}' {fault}";
    }

    private string? ArrayFault(JsonElement value, bool isSelection, string at)
    {
        var count = value.GetArrayLength();
        if (count < Fewest || count > Most)
        {
            return $"{at}: {count} items, not {Fewest} to {Most}";
        }

        var place = 0;
        return items is null ? null : value.EnumerateArray().Select(item => items.Fault(item, isSelection, $"{at}/{place++}")).FirstOrDefault(fault => fault is not null);
    }

    private string? ObjectFault(JsonElement value, bool isSelection, string at)
    {
        if (!isSelection && required.FirstOrDefault(name => !value.TryGetProperty(name, out _)) is { } missing)
        {
            return $"{at}: {missing} is missing";
        }

        var members = 0;
        foreach (var member in value.EnumerateObject())
        {
            members++;
            var schema = properties.GetValueOrDefault(member.Name) ?? additional;
            var fault = schema is not null ? schema.Fault(member.Value, isSelection, $"{at}/{member.Name}") : isClosed ? $"{at}: unknown member {member.Name}" : null;
            if (fault is not null)
            {
                return fault;
            }
        }

        return members > Most ? $"{at}: {members} members are too many" : null;
    }

    private void Fill(JsonNode contract, JsonNode node, Dictionary<string, ContractSchema> known)
    {
        foreach (var (word, value) in node.AsObject())
        {
            switch (word)
            {
                case "type": types.UnionWith(value is JsonArray several ? several.Select(type => type!.GetValue<string>()) : [value!.GetValue<string>()]); break;
                case "enum": Words = [.. value!.AsArray().Select(choice => choice!.GetValue<string>())]; break;
                case "pattern": pattern = new Regex(value!.GetValue<string>(), RegexOptions.Compiled | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5)); break;
                case "format": Format = value!.GetValue<string>(); break;
                case "minimum": Minimum = value!.GetValue<decimal>(); break;
                case "maximum": Maximum = value!.GetValue<decimal>(); break;
                case "minLength": Shortest = value!.GetValue<int>(); break;
                case "maxLength": Longest = value!.GetValue<int>(); break;
                case "minItems": Fewest = value!.GetValue<int>(); break;
                case "maxItems" or "maxProperties": Most = value!.GetValue<int>(); break;
                case "required": required.AddRange(value!.AsArray().Select(name => name!.GetValue<string>())); break;
                case "items": items = Compile(contract, value!, known); break;
                case "oneOf": oneOf.AddRange(value!.AsArray().Select(choice => Compile(contract, choice!, known))); break;
                case "additionalProperties" when value is JsonObject others: additional = Compile(contract, others, known); break;
                case "additionalProperties": isClosed = !value!.GetValue<bool>(); break;
                case "properties": value!.AsObject().ToList().ForEach(property => properties[property.Key] = Compile(contract, property.Value!, known)); break;
                case var _ when Silent.Contains(word): break;
                default: throw new NotSupportedException($"The contract's schemas use '{word}' now; teach it to {nameof(ContractSchema)}.");
            }
        }

        Vocabulary = node["x-vocabulary"]?.GetValue<string>();
    }

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.Null => "null",
        _ => "boolean",
    };
}

using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CLSM.Directory.Tests.Fuzzing;

/// <summary>Values of a schema, from valid to hostile, drawn from one source of chance.</summary>
internal sealed partial class FuzzValues(Random chance, IReadOnlyDictionary<string, IReadOnlyList<string>> codes)
{
    private static readonly string[] Places = ["57463", "38185", "75056", "44", "84", "57", "38", "2A", "97", "200039865", "200040715", "finess:570000000", "siren:200039865", "W571000000", "49.12,6.17", "test-0001", "Metz", "santé"];

    public T Pick<T>(IReadOnlyList<T> choices) => choices[chance.Next(choices.Count)];

    public bool Happens(double probability) => chance.NextDouble() < probability;

    public int Below(int bound) => chance.Next(bound);

    /// <summary>A text for a parameter; hostile, on its bounds, or what the schema says.</summary>
    public string Text(ContractSchema schema, string? example, double hostility)
    {
        if (Happens(hostility))
        {
            return Happens(0.7) ? Pick(HostileTexts.All) : Twisted(example ?? Fitting(schema));
        }

        if (schema.Items is { } item)
        {
            return string.Join(',', Enumerable.Range(0, Happens(0.02) ? 1001 : 1 + Below(3)).Select(_ => Text(item, null, hostility / 2)));
        }

        return example is not null && Happens(0.4) ? example : Fitting(schema);
    }

    /// <summary>A JSON value that the schema allows, or, as often as asked, does not.</summary>
    public JsonNode? Value(ContractSchema schema, double hostility, int depth = 0)
    {
        if (Happens(hostility / 4))
        {
            return Strange();
        }

        if (schema.OneOf.Count > 0)
        {
            return Value(Pick(schema.OneOf), hostility, depth);
        }

        switch (schema.Types.Count == 0 ? "string" : Pick([.. schema.Types]))
        {
            case "object" when schema.Properties.Count > 0:
                var record = new JsonObject();
                foreach (var (name, property) in schema.Properties)
                {
                    if (Happens(schema.Needs(name) ? 1 - (hostility / 8) : depth > 3 ? 0 : 0.25))
                    {
                        record[name] = Value(property, hostility / 2, depth + 1);
                    }
                }

                return record;
            case "object":
                return schema.Additional is { } values && Happens(0.5) ? new JsonObject { [Pick(["/name", "/status", "/contacts", "/x", "name"])] = Value(values, hostility / 2, depth + 1) } : [];
            case "array":
                return new JsonArray([.. Enumerable.Range(0, schema.Items is null ? 0 : 1 + Below(3)).Select(_ => Value(schema.Items!, hostility / 2, depth + 1))]);
            case "integer" or "number":
                return decimal.Parse(Number(schema), CultureInfo.InvariantCulture);
            case "boolean":
                return Happens(0.5);
            case "null":
                return null;
            default:
                return Happens(hostility / 2) ? Pick(HostileTexts.All) : Fitting(schema);
        }
    }

    /// <summary>Changes one place somewhere in a value.</summary>
    public void Mutate(JsonNode value)
    {
        var at = value;
        while (true)
        {
            switch (at)
            {
                case JsonObject { Count: > 0 } record when Pick(record.ToList()) is var member:
                    if (member.Value is JsonObject or JsonArray && Happens(0.7))
                    {
                        at = member.Value;
                        continue;
                    }

                    Change(record, member.Key);
                    return;
                case JsonArray { Count: > 0 } list when Below(list.Count) is var place:
                    if (list[place] is JsonObject or JsonArray && Happens(0.8))
                    {
                        at = list[place]!;
                        continue;
                    }

                    list[place] = Happens(0.5) ? Strange() : list[Below(list.Count)]?.DeepClone();
                    return;
                case JsonObject record:
                    record["unknown"] = Strange();
                    return;
                default:
                    return;
            }
        }
    }

    /// <summary>The text of a value, with what no tree can hold.</summary>
    public static string Written(JsonNode? value) =>
        Marks().Replace(value?.ToJsonString() ?? "null", mark => HostileTexts.Json[int.Parse(mark.Groups[1].ValueSpan, CultureInfo.InvariantCulture)]);

    /// <summary>Stands in JSON for a value that no tree can hold; replaced in the text.</summary>
    [GeneratedRegex("\"@raw-([0-9]+)\"")]
    private static partial Regex Marks();

    private JsonValue Strange() => JsonValue.Create($"@raw-{Below(HostileTexts.Json.Length)}");

    private void Change(JsonObject record, string name)
    {
        switch (Below(5))
        {
            case 0: record.Remove(name); break;
            case 1: record[$"{name}s"] = 1; break;
            case 2: record[name] = Pick(HostileTexts.All); break;
            case 3 when record[name] is JsonValue text && text.GetValueKind() is System.Text.Json.JsonValueKind.String: record[name] = Twisted(text.GetValue<string>()); break;
            default: record[name] = Strange(); break;
        }
    }

    private string Fitting(ContractSchema schema)
    {
        if (schema.Vocabulary is not null && codes.TryGetValue(schema.Vocabulary, out var known))
        {
            return Pick(known);
        }

        if (schema.Words is { } words)
        {
            return Pick(words);
        }

        if (schema.Items is { } item)
        {
            return Fitting(item);
        }

        if (schema.Types.Contains("integer") || schema.Types.Contains("number"))
        {
            return Number(schema);
        }

        return schema.Format switch
        {
            "uuid" => $"01a200f2-4f0a-70c0-a046-{Below(int.MaxValue):x12}",
            "date" => Pick(["2026-11-22", "1900-01-01", "2027-02-28"]),
            "date-time" => Pick(["2026-11-22T08:00:00Z", "2020-01-01T00:00:00.1234567Z", "2000-01-01T00:00:00+02:00"]),
            "uri" => Pick(["https://test.invalid/a?b=c", "http://test.invalid", "https://test.invalid/é"]),
            "email" => Pick(["test@test.invalid", "a+b@test.invalid"]),
            _ when schema.Longest is { } most and > 0 and <= 2000 && Happens(0.1) => new string('a', most - Below(2)),
            _ => Pick(Places),
        };
    }

    private string Number(ContractSchema schema)
    {
        var (least, most) = (schema.Minimum ?? -1000, schema.Maximum ?? 1000);
        return Pick([least, most, least + 1, Math.Round((least + most) / 2), Math.Min(most, least + Below(100))]).ToString(CultureInfo.InvariantCulture);
    }

    private string Twisted(string text) => Below(7) switch
    {
        0 => text + Pick(HostileTexts.Sql),
        1 => text.ToUpperInvariant(),
        2 => text + "\n",
        3 => " " + text,
        4 => text.Length > 1 ? text[..^1] : "",
        5 => text + text,
        _ => text + "\u200b",
    };
}

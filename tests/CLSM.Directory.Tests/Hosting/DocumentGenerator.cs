using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;
using CLSM.Directory.Model.Vocabularies;

namespace CLSM.Directory.Tests.Hosting;

/// <summary>
/// Valid council documents, visibly made up, drawn from the wire records themselves: a member that is added to a record is drawn from then on.
/// Only what binds several members to each other is written here.
/// </summary>
internal sealed class DocumentGenerator(int seed)
{
    private static readonly string[] Words =
    [
        "test", "é/~", "a\nb", "=1+1", "<b>", "😀", "'\"", "\\", "%_", "$1", "l’accès", "ŒUVRE", "n° 12", "{}", "null", "a\u00A0b", "ﬁn", "e\u0301", "\tx", "--", "0", "x:y|z", "~1", "中",
    ];

    private static readonly string[] KnownTypes = ["commune:57463", "commune:38185", "municipal-arrondissement:75114", "epci:200039865", "department:2A", "psychiatric-sector:57G06", "label:", "quarter:"];

    private readonly Random random = new(seed);
    private readonly List<string> organisations = [];
    private readonly List<string> sources = [];
    private int counter;

    public JsonObject Document(string code)
    {
        organisations.AddRange(Enumerable.Range(0, random.Next(4)).Select(_ => Text(200, isName: true)));
        sources.AddRange(Enumerable.Range(1, random.Next(1, 4)).Select(number => $"source-{number}"));
        var document = Record(typeof(CouncilDocument));
        document["code"] = code;
        document.Remove("successors");
        document.Remove("predecessors");
        document["status"] = document.Text("status") == "merged" ? "active" : document.Text("status");
        document["sources"] = new JsonArray([.. sources.Select(source => Record(typeof(Source), ("id", source)))]);
        document["organisations"] = organisations.Count == 0 ? null : new JsonArray([.. organisations.Select(name => Record(typeof(Organisation), ("name", name)))]);
        foreach (var empty in document.Where(member => member.Value is null).Select(member => member.Key).ToList())
        {
            document.Remove(empty);
        }

        AddEvidence(document, Members(typeof(CouncilDocument)));
        return document;
    }

    private JsonObject Record(Type type, params (string Name, JsonNode Value)[] given)
    {
        var record = new JsonObject();
        foreach (var property in Members(type))
        {
            if (given.FirstOrDefault(member => member.Name == property.Name) is { Value: { } value })
            {
                record[property.Name] = value;
            }
            else if (property.Name is not ("id" or "evidence") && Attribute<ReadOnlyMemberAttribute>(property) is null && (property.IsRequired || random.Next(3) == 0))
            {
                record[property.Name] = Value(property, property.PropertyType);
            }
        }

        foreach (var nothing in record.Where(member => member.Value is null).Select(member => member.Key).ToList())
        {
            record.Remove(nothing);
        }

        return Bound(type, record);
    }

    private JsonNode? Value(JsonPropertyInfo property, Type type)
    {
        var actual = Nullable.GetUnderlyingType(type) ?? type;
        if (actual != typeof(string) && ModelJsonContext.Instance.Options.GetTypeInfo(actual) is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element })
        {
            var items = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Value(property, element)).OfType<JsonNode>().DistinctBy(item => item.ToJsonString()).ToArray();
            return items.Length == 0 ? null : new JsonArray(items);
        }

        if (actual == typeof(OrganisationReference))
        {
            return organisations.Count == 0 ? null : new JsonObject { ["name"] = Pick(organisations) };
        }

        return actual == typeof(string) ? Text(property)
            : actual == typeof(bool) ? random.Next(2) == 0
            : actual == typeof(int) || actual == typeof(decimal) ? property.Name switch { "share" => random.Next(101) / 100m, "year" => random.Next(1950, 2201), _ => random.Next(1, 10_001) }
            : actual == typeof(DateOnly) ? Day()
            : actual == typeof(DateTimeOffset) ? null
            : Record(actual);
    }

    private JsonNode? Text(JsonPropertyInfo property)
    {
        var rule = Attribute<ConstraintAttribute>(property);
        return rule switch
        {
            CodeAttribute code => Pick(VocabularyCatalogue.Get(code.Vocabulary).CodeWords.ToList()),
            WebAddressAttribute => $"https://example.org/test-{++counter}?q=%C3%A9&x=1#y",
            HostNameAttribute => $"test-{++counter}.example.org",
            EmailAttribute => $"test-{++counter}@example.org",
            FuzzyDateFormatAttribute => "2014",
            TextAttribute text => property.Name == "departments" ? Pick(["57", "38", "2A", "974"]) : Text(text.MaximumLength, property.Name is "name" or "label"),
            PatternAttribute => property.Name switch
            {
                "communeCode" => Pick(["57463", "38185"]),
                "postcode" => "57000",
                "phones" => $"+33100{random.Next(100_000, 1_000_000)}",
                "siren" => WithCheckDigit(random.Next(10_000_000, 100_000_000).ToString(System.Globalization.CultureInfo.InvariantCulture)),
                "siret" => WithCheckDigit($"9{random.NextInt64(100_000_000_000, 1_000_000_000_000)}"),
                "finess" => WithCheckDigit(random.Next(10_000_000, 100_000_000).ToString(System.Globalization.CultureInfo.InvariantCulture)),
                "rna" => $"W{random.Next(100_000_000, 1_000_000_000)}",
                _ => null,
            },
            _ => throw new InvalidOperationException($"{property.Name} is a text without a rule."),
        };
    }

    /// <summary>What the members of one record must be to each other.</summary>
    private JsonObject Bound(Type type, JsonObject record)
    {
        if (type == typeof(FuzzyDate))
        {
            var (value, precision) = Pick([("2006", "year"), ("2014-03", "month"), ("2014-21", "season"), ("2014-03-21", "day"), ("1999", "before"), ("2020-02", "after"), ("2010", "circa")]);
            (record["value"], record["precision"]) = (value, precision);
        }
        else if (type == typeof(TerritoryPart))
        {
            var known = Pick(KnownTypes).Split(':');
            record["type"] = known[0];
            record["code"] = known[1];
            record.Remove("to");
            if (known[1].Length == 0)
            {
                record.Remove("code");
                record["label"] = Text(300, isName: true);
            }
        }
        else if (type == typeof(Objective) && !record.ContainsKey("title"))
        {
            record["text"] = Text(5_000);
        }
        else if (type == typeof(Contact))
        {
            record["nominative"] = record.ContainsKey("person") || record["nominative"]!.GetValue<bool>();
            record.Remove("source");
            if (record["nominative"]!.GetValue<bool>())
            {
                (record["legalBasis"], record["source"], record["reviewOn"]) = ("public-interest", Pick(sources), Day());
            }
        }
        else if (type == typeof(CouncilEvent))
        {
            if (record.ContainsKey("to"))
            {
                record["from"] = "2001-01-01";
            }
        }

        if (typeof(CouncilPart).IsAssignableFrom(type))
        {
            AddEvidence(record, Members(type));
        }
        else if (record.Count == 0)
        {
            var (name, value) = Members(type).Select(member => (member.Name, Value: Value(member, member.PropertyType))).First(member => member.Value is not null);
            record[name] = value;
        }

        return record;
    }

    private void AddEvidence(JsonObject record, IReadOnlyList<JsonPropertyInfo> members)
    {
        var evidence = new JsonObject();
        foreach (var member in members.Where(member => Attribute<ReadOnlyMemberAttribute>(member) is null && member.Name is not ("id" or "evidence") && random.Next(4) == 0))
        {
            evidence[$"/{member.Name}"] = record.ContainsKey(member.Name)
                ? random.Next(2) == 0 ? new JsonObject { ["state"] = "stated", ["source"] = Pick(sources) } : new JsonObject { ["state"] = "inferred", ["reason"] = Text(1000) }
                : random.Next(2) == 0 ? new JsonObject { ["state"] = "not-stated" } : new JsonObject { ["state"] = "none", ["source"] = Pick(sources) };
        }

        if (evidence.Count > 0)
        {
            record["evidence"] = evidence;
        }
    }

    private string Text(int maximum, bool isName = false)
    {
        var text = string.Join(' ', Enumerable.Range(0, random.Next(1, 6)).Select(_ => Pick(Words)));
        text = isName ? $"test-{++counter:0000} {text}" : random.Next(20) == 0 ? new string('é', maximum) : $"test {text}";
        return text.Length <= maximum ? text : text[..maximum].TrimEnd('\uD83D');
    }

    private string Day() => new DateOnly(2002, 1, 1).AddDays(random.Next(9_000)).ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private T Pick<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];

    private static string WithCheckDigit(string digits) =>
        Enumerable.Range(0, 10).Select(digit => $"{digits}{digit}").First(number => Identifiers.IsSiren(number));

    private static List<JsonPropertyInfo> Members(Type type) => [.. ModelJsonContext.Instance.Options.GetTypeInfo(type).Properties];

    private static TAttribute? Attribute<TAttribute>(JsonPropertyInfo property)
        where TAttribute : Attribute =>
        property.AttributeProvider?.GetCustomAttributes(typeof(TAttribute), inherit: true).Cast<TAttribute>().FirstOrDefault();
}

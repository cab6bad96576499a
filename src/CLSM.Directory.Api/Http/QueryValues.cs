using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace CLSM.Directory.Api.Http;

/// <summary>The words of a request, from its query or its body, checked against the parameters that its operation declares.</summary>
internal sealed class QueryValues
{
    /// <summary>What an address can hold; the contract says so too.</summary>
    public const int MostInAddress = 1_000;

    /// <summary>More than France has communes, former ones among them.</summary>
    public const int MostInBody = 50_000;

    private readonly Dictionary<string, IReadOnlyList<string>> values = new(StringComparer.Ordinal);
    private readonly List<Violation> violations = [];
    private readonly bool isBody;

    private QueryValues(bool isBody) => this.isBody = isBody;

    /// <summary>The values of a query, or everything that is wrong with them. No parameter is ever ignored.</summary>
    public static (QueryValues Values, Refusal? Refusal) Read(IQueryCollection query, IReadOnlyList<QueryParameter> parameters)
    {
        var read = new QueryValues(isBody: false);
        foreach (var (name, given) in query)
        {
            if (read.Known(name, parameters) is not { } parameter)
            {
                continue;
            }

            if (!parameter.IsList && given.Count > 1)
            {
                read.Refuse(new Violation("given-twice", [name]), name);
                continue;
            }

            read.Add(parameter, [.. given.SelectMany(value => parameter.IsList ? (value ?? "").Split(',') : [value ?? ""])], MostInAddress);
        }

        return (read, read.Refusal());
    }

    /// <summary>The parameters of an address whose bytes are no text: the framework would take them for what they look like.</summary>
    public static Refusal? CheckText(QueryString address)
    {
        foreach (var pair in (address.Value ?? "").TrimStart('?').Split('&').Where(pair => pair.Contains('%', StringComparison.Ordinal)))
        {
            if (!Utf8.IsValid(WebUtility.UrlDecodeToBytes(Encoding.ASCII.GetBytes(pair), 0, pair.Length)))
            {
                return Http.Refusal.BadParameters([new Violation("invalid-text", []) { Parameter = pair.Split('=')[0] }]);
            }
        }

        return null;
    }

    /// <summary>The values of a body, whose members are called as the parameters are; lists are arrays of any length that the body can hold.</summary>
    public static (QueryValues Values, Refusal? Refusal) Read(JsonElement body, IReadOnlyList<QueryParameter> parameters)
    {
        var read = new QueryValues(isBody: true);
        if (body.ValueKind is not JsonValueKind.Object)
        {
            return (read, Http.Refusal.BadParameters([new Violation("wrong-type", ["object", NameOf(body)]) { Pointer = "" }]));
        }

        foreach (var member in body.EnumerateObject())
        {
            if (read.Known(member.Name, parameters) is { } parameter)
            {
                read.Add(parameter, member.Value);
            }
        }

        return (read, read.Refusal());
    }

    /// <summary>What is wrong with one of the values, with its place in the query or in the body.</summary>
    public Violation Place(Violation violation, string name, int? index = null) => isBody
        ? violation with { Pointer = Violation.Segment(name) + (index is { } place && values.GetValueOrDefault(name) is { Count: > 1 } ? $"/{place}" : "") }
        : violation with { Parameter = name };

    public IReadOnlyList<string>? All(string name) => values.GetValueOrDefault(name);

    public string? One(string name) => values.GetValueOrDefault(name)?[0];

    /// <summary>The values of these parameters in one line, the same for the same question.</summary>
    public string Signature(IEnumerable<string> names) => string.Join(
        '&',
        names.Where(values.ContainsKey).Order(StringComparer.Ordinal).Select(name => $"{name}={string.Join(',', values[name].Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}"));

    /// <summary>All values in one line.</summary>
    public string Signature() => Signature(values.Keys);

    private QueryParameter? Known(string name, IReadOnlyList<QueryParameter> parameters)
    {
        var parameter = parameters.FirstOrDefault(candidate => candidate.Name == name);
        if (parameter is null)
        {
            Refuse(new Violation("unknown-parameter", []) { Closest = Closeness.Closest(name, parameters.Select(candidate => candidate.Name)) }, name);
        }

        return parameter;
    }

    private void Add(QueryParameter parameter, JsonElement value)
    {
        var isArray = value.ValueKind is JsonValueKind.Array && parameter.IsList;
        var texts = (isArray ? value.EnumerateArray().AsEnumerable() : [value]).Select(TextOf).ToList();
        if (texts.FindIndex(text => text is null) is var wrong and >= 0)
        {
            Refuse(new Violation("wrong-type", [parameter.IsList ? "array of strings" : "string", NameOf(isArray ? value[wrong] : value)]), parameter.Name, isArray ? wrong : null);
            return;
        }

        if (isArray && texts.Count == 0)
        {
            Refuse(new Violation("empty-parameter", [parameter.Name]), parameter.Name);
            return;
        }

        Add(parameter, [.. texts.OfType<string>()], MostInBody);
    }

    private void Add(QueryParameter parameter, IReadOnlyList<string> words, int most)
    {
        if (words.Count > most)
        {
            Refuse(new Violation("too-many-values", [most, words.Count]), parameter.Name);
            return;
        }

        values[parameter.Name] = words;

        // To look for the closest of a thousand wrong values would help nobody.
        for (var index = 0; index < words.Count && violations.Count < Http.Refusal.MostErrors; index++)
        {
            if ((words[index].Length == 0 ? new Violation("empty-parameter", [parameter.Name]) : parameter.Check(words[index])) is { } violation)
            {
                Refuse(violation, parameter.Name, index);
            }
        }
    }

    private void Refuse(Violation violation, string name, int? index = null)
    {
        if (violations.Count < Http.Refusal.MostErrors)
        {
            violations.Add(Place(violation, name, index));
        }
    }

    /// <summary>Unknown parameters come first: they are the likeliest reason for the rest.</summary>
    private Refusal? Refusal() =>
        violations.Count == 0 ? null : Http.Refusal.BadParameters([.. violations.OrderBy(violation => violation.Code == "unknown-parameter" ? 0 : 1)]);

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    private static string NameOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var other => other.ToString().ToLowerInvariant(),
    };
}

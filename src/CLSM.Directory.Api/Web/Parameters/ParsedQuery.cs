using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Web.Parameters;

/// <summary>The values of a request, from its query or its body, checked against the parameters of the endpoint.</summary>
internal sealed class ParsedQuery
{
    /// <summary>What an address can hold; the contract says so too.</summary>
    public const int MaxInAddress = 1_000;

    /// <summary>More than France has communes, former ones among them.</summary>
    public const int MaxInBody = 50_000;

    private const string Item = "clsm.query";

    private readonly Dictionary<string, IReadOnlyList<string>> values = new(StringComparer.Ordinal);
    private readonly List<ValidationError> errors = [];
    private readonly HashSet<string> arrays = new(StringComparer.Ordinal);
    private readonly bool isBody;

    private ParsedQuery(bool isBody) => this.isBody = isBody;

    /// <summary>The values that <c>QueryValidationFilter</c> accepted for this request.</summary>
    public static ParsedQuery Of(HttpContext context) => (ParsedQuery)context.Items[Item]!;

    /// <summary>Keeps the values for the handler of the request.</summary>
    public void KeepFor(HttpContext context) => context.Items[Item] = this;

    /// <summary>The values of a query, or everything that is wrong with them. No parameter is ever ignored.</summary>
    public static (ParsedQuery Values, ApiProblem? Problem) Read(IQueryCollection query, IReadOnlyList<QueryParameter> parameters)
    {
        var read = new ParsedQuery(isBody: false);
        foreach (var (name, given) in query)
        {
            if (read.Known(name, parameters) is not { } parameter)
            {
                continue;
            }

            if (!parameter.IsList && given.Count > 1)
            {
                read.Refuse(new ValidationError("given-twice", [name]), name);
                continue;
            }

            read.Add(parameter, [.. given.SelectMany(value => parameter.IsList ? (value ?? "").Split(',') : [value ?? ""])], MaxInAddress);
        }

        return (read, read.Problem());
    }

    /// <summary>The parameters of an address whose bytes are no text: the framework would take them for what they look like.</summary>
    public static ApiProblem? CheckText(QueryString address)
    {
        foreach (var pair in (address.Value ?? "").TrimStart('?').Split('&').Where(pair => pair.Contains('%', StringComparison.Ordinal)))
        {
            if (!Utf8.IsValid(WebUtility.UrlDecodeToBytes(Encoding.ASCII.GetBytes(pair), 0, pair.Length)))
            {
                return ApiProblem.BadParameters([new ValidationError("invalid-text", []) { Parameter = pair.Split('=')[0] }]);
            }
        }

        return null;
    }

    /// <summary>The values of a body, whose members are called as the parameters are; lists are arrays of any length that the body can hold.</summary>
    public static (ParsedQuery Values, ApiProblem? Problem) Read(JsonElement body, IReadOnlyList<QueryParameter> parameters)
    {
        var read = new ParsedQuery(isBody: true);
        if (body.ValueKind is not JsonValueKind.Object)
        {
            return (read, ApiProblem.BadParameters([new ValidationError("wrong-type", ["object", NameOf(body)]) { Pointer = "" }]));
        }

        foreach (var member in body.EnumerateObject())
        {
            if (read.Known(member.Name, parameters) is { } parameter)
            {
                read.Add(parameter, member.Value);
            }
        }

        return (read, read.Problem());
    }

    /// <summary>An error with its location in the query or in the body.</summary>
    public ValidationError WithLocation(ValidationError error, string name, int? index = null) => isBody
        ? error with { Pointer = ValidationError.Segment(name) + (index is { } place && arrays.Contains(name) ? $"/{place}" : "") }
        : error with { Parameter = name };

    public IReadOnlyList<string>? GetValues(string name) => values.GetValueOrDefault(name);

    public string? GetValue(string name) => values.GetValueOrDefault(name)?[0];

    /// <summary>The values of these parameters as one text, in a fixed order: equal for equal queries.</summary>
    public string CanonicalText(IEnumerable<string> names) => string.Join(
        '&',
        names
            .Where(values.ContainsKey)
            .Order(StringComparer.Ordinal)
            .Select(name => $"{name}={string.Join(',', values[name].Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}"));

    /// <summary>All values as one text, in a fixed order.</summary>
    public string CanonicalText() => CanonicalText(values.Keys);

    private QueryParameter? Known(string name, IReadOnlyList<QueryParameter> parameters)
    {
        var parameter = parameters.FirstOrDefault(candidate => candidate.Name == name);
        if (parameter is null)
        {
            Refuse(new ValidationError("unknown-parameter", []) { Closest = ClosestMatch.Find(name, parameters.Select(candidate => candidate.Name)) }, name);
        }

        return parameter;
    }

    private void Add(QueryParameter parameter, JsonElement value)
    {
        var isArray = value.ValueKind is JsonValueKind.Array && parameter.IsList;
        if (isArray)
        {
            arrays.Add(parameter.Name);
        }

        var texts = (isArray ? value.EnumerateArray().AsEnumerable() : [value]).Select(TextOf).ToList();
        if (texts.FindIndex(text => text is null) is var wrong and >= 0)
        {
            Refuse(new ValidationError("wrong-type", [parameter.IsList ? "array of strings" : "string", NameOf(isArray ? value[wrong] : value)]), parameter.Name, wrong);
            return;
        }

        if (isArray && texts.Count == 0)
        {
            Refuse(new ValidationError("empty-parameter", [parameter.Name]), parameter.Name);
            return;
        }

        Add(parameter, [.. texts.OfType<string>()], MaxInBody);
    }

    private void Add(QueryParameter parameter, IReadOnlyList<string> words, int most)
    {
        if (words.Count > most)
        {
            Refuse(new ValidationError("too-many-values", [most, words.Count]), parameter.Name);
            return;
        }

        values[parameter.Name] = words;

        // To look for the closest of a thousand wrong values would help nobody.
        for (var index = 0; index < words.Count && errors.Count < ValidationError.MaxErrors; index++)
        {
            if ((words[index].Length == 0 ? new ValidationError("empty-parameter", [parameter.Name]) : parameter.Check(words[index])) is { } error)
            {
                Refuse(error, parameter.Name, index);
            }
        }
    }

    private void Refuse(ValidationError error, string name, int? index = null)
    {
        if (errors.Count < ValidationError.MaxErrors)
        {
            errors.Add(WithLocation(error, name, index));
        }
    }

    /// <summary>Unknown parameters come first: they are the likeliest reason for the rest.</summary>
    private ApiProblem? Problem() =>
        errors.Count == 0 ? null : ApiProblem.BadParameters([.. errors.OrderBy(error => error.Code == "unknown-parameter" ? 0 : 1)]);

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

namespace CLSM.Directory.Api.Http;

/// <summary>The query of a request, checked against the parameters that its operation declares.</summary>
internal sealed class QueryValues
{
    private readonly Dictionary<string, IReadOnlyList<string>> values = new(StringComparer.Ordinal);

    private QueryValues()
    {
    }

    /// <summary>The values, or everything that is wrong with them. No parameter is ever ignored.</summary>
    public static (QueryValues Values, Refusal? Refusal) Read(IQueryCollection query, IReadOnlyList<QueryParameter> parameters)
    {
        var read = new QueryValues();
        var violations = new List<Violation>();
        foreach (var (name, given) in query)
        {
            var parameter = parameters.FirstOrDefault(candidate => candidate.Name == name);
            if (parameter is null)
            {
                violations.Add(new Violation("unknown-parameter", [])
                {
                    Parameter = name,
                    Closest = Closeness.Closest(name, parameters.Select(candidate => candidate.Name)),
                });
                continue;
            }

            if (!parameter.IsList && given.Count > 1)
            {
                violations.Add(new Violation("given-twice", [name]) { Parameter = name });
                continue;
            }

            string[] words = [.. given.SelectMany(value => parameter.IsList ? (value ?? "").Split(',') : [value ?? ""])];
            violations.AddRange(words
                .Select(word => word.Length == 0 ? new Violation("empty-parameter", [name]) : parameter.Check(word))
                .OfType<Violation>()
                .Select(violation => violation with { Parameter = name }));
            read.values[name] = words;
        }

        // Unknown parameters come first: they are the likeliest reason for the rest.
        return (read, violations.Count == 0 ? null : Refusal.BadParameters([.. violations.OrderBy(violation => violation.Code == "unknown-parameter" ? 0 : 1)]));
    }

    public IReadOnlyList<string>? All(string name) => values.GetValueOrDefault(name);

    public string? One(string name) => values.GetValueOrDefault(name)?[0];

    /// <summary>The values of these parameters in one line, the same for the same question.</summary>
    public string Signature(IEnumerable<string> names) =>
        string.Join('&', names.Where(values.ContainsKey).Order(StringComparer.Ordinal).Select(name => $"{name}={string.Join(',', values[name].Order(StringComparer.Ordinal))}"));
}

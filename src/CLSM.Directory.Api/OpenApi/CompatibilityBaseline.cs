using System.Text.Json.Nodes;
using CLSM.Directory.Api.Web.Problems;

namespace CLSM.Directory.Api.OpenApi;

/// <summary>
/// What a client may rely on, one promise a line, kept in <c>openapi/promises.v1.txt</c>. A line is never taken back, so that a change that breaks
/// clients is refused, whoever makes it.
/// </summary>
internal static class CompatibilityBaseline
{
    private const string Needs = " needs ";

    /// <summary>The promises of a contract, sorted.</summary>
    public static SortedSet<string> Of(JsonNode contract)
    {
        var promises = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (path, operations) in contract["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                promises.UnionWith(OfOperation($"{method.ToUpperInvariant()} {path}", operation!, contract));
            }
        }

        foreach (var (name, schema) in contract["components"]!["schemas"]!.AsObject())
        {
            promises.UnionWith(OfSchema(name, schema!));
        }

        promises.UnionWith(ProblemCatalogue.Codes.Select(code => $"problem {code}"));
        return promises;
    }

    /// <summary>Promises that a contract does not keep: those that are gone, and what is asked newly of who called before.</summary>
    public static IReadOnlyList<string> Broken(IReadOnlySet<string> promised, IReadOnlySet<string> present)
    {
        var owners = promised.Select(Owner).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. promised.Where(promise => !promise.Contains(Needs, StringComparison.Ordinal) && !present.Contains(promise)),
            .. present.Where(promise => promise.Contains(Needs, StringComparison.Ordinal) && !promised.Contains(promise) && owners.Contains(Owner(promise))),
        ];
    }

    private static IEnumerable<string> OfOperation(string address, JsonNode operation, JsonNode contract)
    {
        yield return $"{address} is {operation["operationId"]}";
        foreach (var parameter in (operation["parameters"]?.AsArray() ?? []).Select(parameter => Resolved(parameter!, contract)))
        {
            var name = $"{parameter["in"]} {parameter["name"]}";
            yield return $"{address} takes {name}: {Shape(parameter["schema"])}";
            if (parameter["required"]?.GetValue<bool>() == true)
            {
                yield return $"{address}{Needs}{name}";
            }

            foreach (var value in Values(parameter["schema"]))
            {
                yield return $"{address} takes {name} = {value}";
            }
        }

        foreach (var mediaType in operation["requestBody"]?["content"]?.AsObject() ?? [])
        {
            yield return $"{address} takes {mediaType.Key}: {Shape(mediaType.Value!["schema"])}";
        }

        foreach (var (status, response) in operation["responses"]!.AsObject().Where(response => response.Key.StartsWith('2')))
        {
            var answer = Resolved(response!, contract);
            foreach (var mediaType in answer["content"]?.AsObject() ?? [])
            {
                yield return $"{address} answers {status} {mediaType.Key}: {Shape(mediaType.Value!["schema"])}";
            }

            foreach (var header in answer["headers"]?.AsObject() ?? [])
            {
                yield return $"{address} answers {status} with {header.Key}";
            }
        }
    }

    private static IEnumerable<string> OfSchema(string name, JsonNode schema)
    {
        yield return $"{name} is {Shape(schema)}";
        foreach (var value in Values(schema))
        {
            yield return $"{name} may be {value}";
        }

        foreach (var (member, value) in schema["properties"]?.AsObject() ?? [])
        {
            yield return $"{name}.{member} is {Shape(value)}";
            foreach (var choice in Values(value))
            {
                yield return $"{name}.{member} may be {choice}";
            }
        }

        // In an answer, a member that is always there; in a request, one that is needed: neither may change.
        foreach (var member in schema["required"]?.AsArray() ?? [])
        {
            yield return $"{name}{Needs}{member}";
            yield return $"{name}.{member} is always there";
        }
    }

    private static string Shape(JsonNode? schema) => schema switch
    {
        null => "anything",
        _ when schema["$ref"] is { } reference => reference.GetValue<string>().Split('/')[^1],
        _ when schema["items"] is { } items => $"array of {Shape(items)}",
        _ when (schema["anyOf"] ?? schema["oneOf"]) is JsonArray choices => string.Join(" or ", choices.Select(Shape)),
        _ => string.Join(' ', new[] { schema["type"]?.ToJsonString().Trim('"'), schema["format"]?.GetValue<string>() }.OfType<string>().DefaultIfEmpty("anything")),
    };

    private static IEnumerable<string> Values(JsonNode? schema) =>
        (schema?["enum"] ?? schema?["items"]?["enum"])?.AsArray().Select(value => value!.ToString()) ?? [];

    private static JsonNode Resolved(JsonNode node, JsonNode contract) => node["$ref"]?.GetValue<string>() is { } reference
        ? reference.Split('/').Skip(1).Aggregate(contract, (at, name) => at[name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)]!)
        : node;

    /// <summary>What a promise is about: an operation, or a schema.</summary>
    private static string Owner(string promise)
    {
        var words = promise.Split(' ', 3);
        return words[1].StartsWith('/') ? $"{words[0]} {words[1]}" : words[0].Split('.')[0];
    }
}

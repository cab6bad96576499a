using System.Text;
using System.Text.Json.Nodes;

namespace CLSM.Directory.Tests.Fuzzing;

/// <summary>
/// Requests for every operation of a contract: valid ones, on the bounds, and hostile. The same seed and number give the same request, so that
/// a failure can be had again.
/// </summary>
internal sealed class ContractRequestGenerator(Contract contract, int seed, FuzzTargets targets)
{
    /// <summary>What asks to wait is asked for elsewhere: it would only take time here.</summary>
    private static readonly string[] Waits = ["wait"];

    private static readonly string[] MediaTypes =
        ["application/json", "application/merge-patch+json", "text/plain", "application/xml", "application/json; charset=utf-16", "application/json;charset=latin1", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/csv", "text/csv; charset=utf-8", "application/x-ndjson", "json", ";", "*/*", "application/problem+json", "application/json, text/csv"];

    private static readonly string[] Accepted =
        ["application/json", "*/*", "application/*", "text/html", "application/xml;q=0.9,*/*;q=0.1", "application/json;q=0", "", ";;", "text/csv", "application/problem+json", "application/json;q=2", "application/json;profile=\"x\""];

    /// <summary>Each in its turn; the largest answer of all, the same for most questions, only now and then.</summary>
    public DescribedOperation Operation(int number)
    {
        var operation = contract.Operations[number % contract.Operations.Count];
        return operation.Id == "exportCoverageCommunes" && number % 7 != 0 ? Operation(number + 1) : operation;
    }

    /// <summary>The request of this number.</summary>
    public FuzzRequest Request(int number)
    {
        var chance = new Random(unchecked((seed * 1_000_003) + number));
        var values = new FuzzValues(chance, targets.Codes);
        var operation = Operation(number);
        var hostility = values.Pick([0, 0.05, 0.3, 0.9]);
        var bearer = values.Happens(operation.IsWrite ? 0.6 : 0.2) ? Bearer.Administrator : values.Pick(Enum.GetValues<Bearer>());
        var path = operation.Path;
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.In == "path"))
        {
            path = path.Replace($"{{{parameter.Name}}}", Segment(values, operation, parameter, path, bearer, hostility), StringComparison.Ordinal);
        }

        var (body, mediaType) = Body(values, operation, hostility);
        return new FuzzRequest(operation, path + Query(values, operation, hostility), bearer, [.. Headers(values, operation, hostility)], body, mediaType);
    }

    private string Segment(FuzzValues values, DescribedOperation operation, DescribedParameter parameter, string path, Bearer bearer, double hostility)
    {
        // What is removed, renamed or merged for good is one of many that were made for it.
        var text = parameter.Name switch
        {
            _ when values.Happens(hostility / 5) => values.Text(parameter.Schema, parameter.Example, 1),
            "council" when operation.Id == "removeCouncil" => values.Pick(targets.Removable),
            "council" => values.Pick(targets.Councils),
            "id" when (Listed(path) ?? (values.Happens(0.5) ? values.Pick([.. targets.Ids.Values]) : null)) is { Count: > 0 } ids && values.Happens(0.95) => values.Pick(ids),
            _ => values.Text(parameter.Schema, parameter.Example, 0),
        };

        // The server takes dots and empty segments out of an address, and refuses NUL, before anybody sees it: another operation would be asked.
        text = text.Replace("\0", "", StringComparison.Ordinal);
        return text.Trim('.', '/').Length == 0 || text.Contains("..", StringComparison.Ordinal) || (bearer is Bearer.Administrator && targets.IsPrecious(operation, text)) ? "test-0001" : Escaped(text);
    }

    private IReadOnlyList<string>? Listed(string path) => targets.Ids.GetValueOrDefault(path[..path.IndexOf("/{id}", StringComparison.Ordinal)]);

    private static string Query(FuzzValues values, DescribedOperation operation, double hostility)
    {
        var pairs = new List<string>();
        var asked = operation.Parameters.Where(parameter => parameter.In == "query" && !Waits.Contains(parameter.Name)).ToList();
        foreach (var parameter in asked.Where(parameter => values.Happens(parameter.IsRequired ? 0.95 : 2.0 / asked.Count)))
        {
            pairs.Add($"{parameter.Name}={Escaped(values.Text(parameter.Schema, parameter.Example, hostility))}");
        }

        if (values.Happens(hostility / 8))
        {
            pairs.Add(values.Pick(["unknown=1", "Limit=5", "=", "=x", "a[]=1", "limit[]=1", "limit", "q=%", "q=%ff", "q=%c0%af", "q=%00", "q=%ed%a0%80", "%ff=1", "q=a&q=b", "&&&", "fields=", "limit=1&limit=2", "callback=alert", "x" + new string('y', 3000)]));
        }

        return pairs.Count == 0 ? "" : "?" + string.Join('&', pairs);
    }

    private static IEnumerable<(string Name, string Value)> Headers(FuzzValues values, DescribedOperation operation, double hostility)
    {
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.In == "header"))
        {
            var usual = parameter.Name switch
            {
                "If-Match" => values.Happens(0.85) ? values.Pick(["*", "*", "*", "\"1\"", "\"0\", \"1\"", "\"999\"", "W/\"1\"", "1", "\"", ""]) : null,
                "If-None-Match" => values.Happens(0.15) ? values.Pick(["*", "\"1\"", "W/\"1\"", "x", "\"a\", \"b\""]) : null,
                "Idempotency-Key" => values.Happens(0.2) ? values.Pick(["test-1", $"test-{values.Below(1_000_000)}", "", new string('k', 256), "\"quoted\""]) : null,
                "Accept-Language" => values.Happens(0.3) ? values.Pick(["en", "fr", "de", "en;q=0.1,fr", "*", ";;", "x-", "en-GB;q=x"]) : null,
                _ => values.Happens(0.1) ? "x" : null,
            };
            if (values.Happens(hostility / 6))
            {
                usual = values.Pick(HostileTexts.All);
            }

            // The client itself refuses to send these; requests written by hand send them.
            if (usual is not null && usual.Length < 2000 && !usual.Any(char.IsControl))
            {
                yield return (parameter.Name, usual);
            }
        }

        if (values.Happens(hostility / 6))
        {
            yield return ("Accept", values.Pick(Accepted));
        }

        if (values.Happens(hostility / 10))
        {
            yield return values.Pick([("Origin", "https://test.invalid"), ("Origin", "null"), ("Host", "test.invalid"), ("X-Forwarded-For", "'"), ("X-HTTP-Method-Override", "DELETE"), ("Expect", "x"), ("Range", "bytes=0-10"), ("Cookie", "a=b"), ("If-Modified-Since", "x"), ("Authorization", "Basic eDp4")]);
        }
    }

    private (byte[]? Content, string? MediaType) Body(FuzzValues values, DescribedOperation operation, double hostility)
    {
        if (operation.Bodies.Count == 0)
        {
            return values.Happens(hostility / 10) && operation.Method != HttpMethod.Get ? ("{}"u8.ToArray(), "application/json") : (null, null);
        }

        if (values.Happens(hostility / 20))
        {
            return (null, null);
        }

        var body = values.Pick(operation.Bodies);
        var mediaType = values.Happens(hostility / 8) ? values.Pick(MediaTypes) : values.Happens(hostility / 50) ? null : body.MediaType;
        if (values.Happens(hostility / 8))
        {
            return (values.Pick(HostileBodies.Whole), mediaType);
        }

        string text;
        if (body.Examples.Count > 0 && (body.Schema.Types.Count == 0 || values.Happens(0.5)))
        {
            var example = values.Pick(body.Examples).DeepClone();
            if (example is JsonValue lines && lines.GetValueKind() is System.Text.Json.JsonValueKind.String)
            {
                text = HostileBodies.Spoiled(values, lines.GetValue<string>(), hostility);
            }
            else
            {
                for (var times = 0; values.Happens(Math.Min(hostility * 2, 0.8)) && times < 4; times++)
                {
                    values.Mutate(example);
                }

                text = Written(operation, example);
            }
        }
        else
        {
            text = Written(operation, values.Value(body.Schema, hostility));
        }

        return (Encoding.UTF8.GetBytes(text), mediaType);
    }

    /// <summary>Two councils stay under their codes, whatever else happens to them.</summary>
    private static string Written(DescribedOperation operation, JsonNode? body)
    {
        if (operation.Id is "changeCouncil" && body is JsonObject record)
        {
            record.Remove("code");
            record.Remove("successors");
        }

        return FuzzValues.Written(body);
    }

    private static string Escaped(string text) => Uri.EscapeDataString(text);
}

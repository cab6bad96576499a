using System.Text.Json.Nodes;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests.Fuzzing;

/// <summary>The contract as it is served, with schemas ready to judge by.</summary>
internal sealed class Contract
{
    private readonly Dictionary<string, ContractSchema> schemas = [];

    public Contract(JsonNode document)
    {
        Document = document;
        Operations =
        [
            .. from path in document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               select new DescribedOperation(this, path.Key, new HttpMethod(operation.Key.ToUpperInvariant()), operation.Value!),
        ];
    }

    public JsonNode Document { get; }

    public IReadOnlyList<DescribedOperation> Operations { get; }

    public ContractSchema Schema(JsonNode node) => ContractSchema.Compile(Document, node, schemas);

    public JsonNode Resolve(JsonNode node) => Resolve(Document, node);

    /// <summary>What a node says, or what the node it refers to says.</summary>
    public static JsonNode Resolve(JsonNode document, JsonNode node) => node["$ref"] is { } reference
        ? reference.GetValue<string>().TrimStart('#', '/').Split('/').Aggregate(document, (at, segment) => at[segment]!)
        : node;
}

/// <summary>One operation, with everything that the contract says about its requests and its answers.</summary>
internal sealed class DescribedOperation
{
    public DescribedOperation(Contract contract, string path, HttpMethod method, JsonNode operation)
    {
        Path = path;
        Method = method;
        Id = operation.Text("operationId");
        IsWrite = operation["x-required-scope"] is not null && method != HttpMethod.Get;
        Parameters = [.. (operation["parameters"]?.AsArray() ?? []).Select(parameter => new DescribedParameter(contract, contract.Resolve(parameter!)))];
        Bodies =
        [
            .. from content in operation["requestBody"]?["content"]?.AsObject() ?? []
               select new DescribedBody(content.Key, contract.Schema(content.Value!["schema"]!), Examples(contract, content.Value!)),
        ];
        Answers = operation["responses"]!.AsObject().ToDictionary(answer => answer.Key, answer => new DescribedAnswer(contract, contract.Resolve(answer.Value!)));
    }

    public string Id { get; }

    public string Path { get; }

    public HttpMethod Method { get; }

    /// <summary>Whether it may change anything at all.</summary>
    public bool IsWrite { get; }

    public IReadOnlyList<DescribedParameter> Parameters { get; }

    public IReadOnlyList<DescribedBody> Bodies { get; }

    public IReadOnlyDictionary<string, DescribedAnswer> Answers { get; }

    private static List<JsonNode> Examples(Contract contract, JsonNode content) => content["example"] is { } one
        ? [one]
        : [.. (content["examples"]?.AsObject() ?? []).Select(example => contract.Resolve(example.Value!)["value"]!)];
}

/// <summary>A parameter in the path, the query or the headers.</summary>
internal sealed class DescribedParameter(Contract contract, JsonNode parameter)
{
    public string Name { get; } = parameter.Text("name");

    public string In { get; } = parameter.Text("in");

    public bool IsRequired { get; } = parameter["required"]?.GetValue<bool>() == true;

    public string? Example { get; } = parameter["example"]?.ToString();

    public ContractSchema Schema { get; } = contract.Schema(parameter["schema"]!);
}

/// <summary>A body that an operation takes.</summary>
internal sealed record DescribedBody(string MediaType, ContractSchema Schema, IReadOnlyList<JsonNode> Examples);

/// <summary>An answer that an operation gives.</summary>
internal sealed class DescribedAnswer(Contract contract, JsonNode answer)
{
    public IReadOnlyDictionary<string, ContractSchema> Contents { get; } =
        (answer["content"]?.AsObject() ?? []).ToDictionary(content => content.Key, content => contract.Schema(content.Value!["schema"]!));

    public IReadOnlyDictionary<string, ContractSchema> Headers { get; } =
        (answer["headers"]?.AsObject() ?? []).ToDictionary(header => header.Key, header => contract.Schema(contract.Resolve(header.Value!)["schema"]!), StringComparer.OrdinalIgnoreCase);
}

using System.Text.Json.Nodes;
using CLSM.Directory.Api.Features.Sandbox;

namespace CLSM.Directory.Tests.Hosting;

/// <summary>One operation of the contract, ready to be sent with the contract's own examples.</summary>
internal sealed record ContractOperation(string OperationId, HttpMethod Method, string Path, string? Body, string MediaType, bool NeedsIfMatch, string? Scope)
{
    /// <summary>Every operation of a contract; a new one is among them by itself.</summary>
    public static IReadOnlyList<ContractOperation> From(JsonNode contract) =>
    [
        .. from path in contract["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           select Read(contract, path.Key, operation.Key, operation.Value!),
    ];

    /// <summary>Its address with everything that Swagger UI fills in by itself: examples and defaults.</summary>
    public required string Prefilled { get; init; }

    public bool IsInCouncil => Path.StartsWith("/v1/councils/", StringComparison.Ordinal);

    public string Council => Path.Split('/')[3];

    /// <summary>Whether its example writes where everybody may.</summary>
    public bool IsForSandbox => (IsInCouncil && Council == SandboxCouncil.Code) || OperationId == "importSheets" || Path.Contains("/00000000-0000-7000-8000-", StringComparison.Ordinal);

    /// <summary>Whether it is not for everybody.</summary>
    public bool NeedsKey => Scope is not null;

    /// <summary>Whether it is for administrators alone.</summary>
    public bool IsForAdministrators => Scope == "admin";

    /// <summary>Reading needs no key, even where the question is in a body.</summary>
    public bool IsWrite => Method != HttpMethod.Get && NeedsKey;

    public Task<Answer> SendAsync(Client client)
    {
        var content = Body is null ? null : Client.Json(Body, MediaType);
        return client.SendAsync(Method, Path, content, NeedsIfMatch ? [("If-Match", "*")] : []);
    }

    public override string ToString() => OperationId;

    private static ContractOperation Read(JsonNode contract, string path, string method, JsonNode operation)
    {
        var parameters = (operation["parameters"]?.AsArray() ?? []).Select(parameter => Resolve(contract, parameter!)).ToList();
        var address = parameters.Where(parameter => parameter.Text("in") == "path").Aggregate(path, (text, parameter) =>
            text.Replace($"{{{parameter.Text("name")}}}", parameter["example"]!.GetValue<string>(), StringComparison.Ordinal));
        var prefilled = parameters.Where(parameter => parameter.Text("in") == "query")
            .Select(parameter => (Name: parameter.Text("name"), Value: parameter["example"] ?? parameter["schema"]!["default"]))
            .Where(parameter => parameter.Value is not null)
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!.ToString())}");
        var needed = parameters.Where(parameter => parameter.Text("in") == "query" && parameter["required"]?.GetValue<bool>() == true)
            .Select(parameter => $"{parameter.Text("name")}={Uri.EscapeDataString(parameter["example"]!.GetValue<string>())}");
        var filled = string.Join('&', needed) is { Length: > 0 } query ? $"{address}?{query}" : address;
        var body = operation["requestBody"]?["content"]?.AsObject().First();
        return new ContractOperation(
            operation.Text("operationId"),
            new HttpMethod(method.ToUpperInvariant()),
            filled,
            body is null ? null : Example(contract, body.Value.Value!),
            body?.Key ?? "application/json",
            parameters.Any(parameter => parameter.Text("name") == "If-Match"),
            operation["x-required-scope"]?.GetValue<string>())
        {
            Prefilled = $"{address}?{string.Join('&', prefilled)}",
        };
    }

    private static string Example(JsonNode contract, JsonNode content) =>
        (content["example"] ?? Resolve(contract, content["examples"]!.AsObject().First().Value!)["value"])! is var example && example.GetValueKind() is System.Text.Json.JsonValueKind.String
            ? example.GetValue<string>()
            : example.ToJsonString();

    private static JsonNode Resolve(JsonNode contract, JsonNode node) => node["$ref"] is { } reference
        ? reference.GetValue<string>().TrimStart('#', '/').Split('/').Aggregate(contract, (at, segment) => at[segment]!)
        : node;
}

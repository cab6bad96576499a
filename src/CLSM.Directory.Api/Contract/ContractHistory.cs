using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using CLSM.Directory.Api.Persistence;

namespace CLSM.Directory.Api.Contract;

/// <summary>What the contract has gained, day by day, and which of its operations will end: shown at <c>/changelog</c>, said in the headers of answers.</summary>
internal sealed class ContractHistory
{
    private readonly FrozenDictionary<string, Deprecation> deprecations;

    public ContractHistory(IReadOnlyList<ContractChange> changes)
    {
        Changes = changes;
        deprecations = changes.SelectMany(change => change.Deprecated).ToFrozenDictionary(deprecation => deprecation.Operation, StringComparer.Ordinal);
    }

    public static ContractHistory Written { get; } = new(
        JsonSerializer.Deserialize(EmbeddedText.Read("Contract.history.json"), ContractHistoryJson.Default.ListContractChange)!);

    /// <summary>The newest first.</summary>
    public IReadOnlyList<ContractChange> Changes { get; }

    public Deprecation? DeprecationOf(string? operationId) => operationId is null ? null : deprecations.GetValueOrDefault(operationId);

    /// <summary>Tells the program that calls an operation that it will end (RFC 9745, RFC 8594), since nobody reads a changelog at night.</summary>
    public void Announce(HttpContext context)
    {
        if (DeprecationOf(context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName) is not { } deprecation)
        {
            return;
        }

        var headers = context.Response.Headers;
        headers["Deprecation"] = FormattableString.Invariant($"@{At(deprecation.Since).ToUnixTimeSeconds()}");
        headers["Sunset"] = At(deprecation.Sunset).ToString("R");
        headers.Append("Link", $"<{context.Request.PathBase}/changelog>; rel=\"deprecation\"; type=\"text/html\"");
    }

    private static DateTimeOffset At(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}

/// <summary>What a day brought.</summary>
internal sealed record ContractChange
{
    public required DateOnly Date { get; init; }

    public required Bilingual Title { get; init; }

    /// <summary>Operations that are new, by their operationId.</summary>
    public required IReadOnlyList<string> Added { get; init; }

    /// <summary>What changed in operations that were there, without breaking who calls them.</summary>
    public required IReadOnlyList<Bilingual> Changed { get; init; }

    public required IReadOnlyList<Deprecation> Deprecated { get; init; }
}

/// <summary>An operation that will end: since when this is known, when it ends, what takes its place.</summary>
internal sealed record Deprecation(string Operation, DateOnly Since, DateOnly Sunset, Bilingual Instead);

/// <summary>The same in both languages.</summary>
internal sealed record Bilingual(string Fr, string En);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(List<ContractChange>))]
internal sealed partial class ContractHistoryJson : JsonSerializerContext;

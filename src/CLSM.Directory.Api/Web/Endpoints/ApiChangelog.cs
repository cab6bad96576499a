using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using CLSM.Directory.Api.Web.Resources;

namespace CLSM.Directory.Api.Web.Endpoints;

/// <summary>The changes of the API by day, and the operations that will end. Shown at <c>/changelog</c> and in response headers.</summary>
internal sealed class ApiChangelog
{
    private readonly FrozenDictionary<string, Deprecation> deprecations;

    public ApiChangelog(IReadOnlyList<ApiChange> changes)
    {
        Changes = changes;
        deprecations = changes.SelectMany(change => change.Deprecated).ToFrozenDictionary(deprecation => deprecation.Operation, StringComparer.Ordinal);
    }

    public static ApiChangelog Load() => new(
        JsonSerializer.Deserialize(EmbeddedResource.Read("Web.Endpoints.history.json"), ApiChangelogJsonContext.Default.ListApiChange)!);

    /// <summary>The newest first.</summary>
    public IReadOnlyList<ApiChange> Changes { get; }

    public Deprecation? DeprecationOf(string? operationId) => operationId is null ? null : deprecations.GetValueOrDefault(operationId);

    /// <summary>Adds the headers of a deprecated operation (RFC 9745, RFC 8594), so that a calling program can notice it.</summary>
    public void AddHeaders(HttpContext context)
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

/// <summary>The changes of one day.</summary>
internal sealed record ApiChange
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
[JsonSerializable(typeof(List<ApiChange>))]
internal sealed partial class ApiChangelogJsonContext : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace CLSM.Directory.Api.Features.Embedding;

/// <summary>How a page of the directory is embedded, as oEmbed 1.0 says (https://oembed.com).</summary>
public sealed record Oembed
{
    /// <summary>Always `1.0`.</summary>
    /// <example>1.0</example>
    public required string Version { get; init; }

    /// <summary>Always `rich`.</summary>
    /// <example>rich</example>
    public required string Type { get; init; }

    /// <summary>What the page shows.</summary>
    /// <example>Conseil Local de Santé Mentale (Ville de Grenoble)</example>
    public required string Title { get; init; }

    /// <summary>Always `CLSM Directory`.</summary>
    /// <example>CLSM Directory</example>
    [JsonPropertyName("provider_name")]
    public required string ProviderName { get; init; }

    /// <summary>Where the directory is.</summary>
    [JsonPropertyName("provider_url")]
    public required string ProviderUrl { get; init; }

    /// <summary>Seconds for which the answer may be kept. The page in the frame is fresh in any case.</summary>
    /// <example>86400</example>
    [JsonPropertyName("cache_age")]
    public required int CacheAge { get; init; }

    /// <summary>The frame, as HTML. No script.</summary>
    public required string Html { get; init; }

    /// <summary>Width of the frame, in pixels.</summary>
    /// <example>600</example>
    public required int Width { get; init; }

    /// <summary>Height of the frame, in pixels.</summary>
    /// <example>560</example>
    public required int Height { get; init; }
}

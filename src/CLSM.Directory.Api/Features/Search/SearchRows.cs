using System.Text.Json;

namespace CLSM.Directory.Api.Features.Search;

/// <summary>A page of a search as the database answers it.</summary>
internal sealed record SearchRows
{
    public required int Total { get; init; }

    public required string Version { get; init; }

    public required IReadOnlyList<SearchRow> Rows { get; init; }

    /// <summary>The plain words of the page's texts that are what was sought.</summary>
    public required HashSet<string> Found { get; init; }

    public required SearchFacets Facets { get; init; }

    public static SearchRows Empty(string version) => new()
    {
        Total = 0,
        Version = version,
        Rows = [],
        Found = [],
        Facets = new SearchFacets { Types = [], Regions = [], Themes = [], Statuses = [] },
    };
}

/// <summary>One hit as the database answers it.</summary>
internal sealed record SearchRow
{
    public required string Type { get; init; }

    public required Guid CouncilId { get; init; }

    public required string CouncilCode { get; init; }

    public required string CouncilName { get; init; }

    public required Guid Id { get; init; }

    public required int Score { get; init; }

    public required JsonElement Statement { get; init; }

    public required IReadOnlyList<SearchText> Texts { get; init; }

    public required IReadOnlyList<string> Codes { get; init; }

    /// <summary>Whom a contact names; never shown, so that no highlight shows it either.</summary>
    public string? Person => Text("person");

    public string Name => Text("name") ?? Text("label")!;

    // A member that the statement lacks is null here.
    private string? Text(string member) =>
        Statement.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}

/// <summary>A text of a hit, and the member that holds it.</summary>
internal sealed record SearchText
{
    public required string Member { get; init; }

    public required string Words { get; init; }
}

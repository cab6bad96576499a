namespace CLSM.Directory.Api.Geography;

/// <summary>The filters of a list of territories; what is null does not filter.</summary>
internal sealed record TerritoryQuery
{
    /// <summary>Each word begins a word of the name of a commune.</summary>
    public string? Words { get; init; }

    /// <summary>The code of a commune, or one of its postcodes.</summary>
    public string? CodeOrPostcode { get; init; }

    /// <summary>Leaves out former, delegated and associated communes.</summary>
    public bool CurrentOnly { get; init; }

    /// <summary>The types of communes.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    public string? Department { get; init; }

    public string? Epci { get; init; }

    public string? Region { get; init; }
}

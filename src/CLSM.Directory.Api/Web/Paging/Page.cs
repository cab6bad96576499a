using System.Text.Json.Serialization;

namespace CLSM.Directory.Api.Web.Paging;

/// <summary>Where a page stands in its list.</summary>
public sealed record PageInformation
{
    /// <summary>How many items a page has at most (`limit`).</summary>
    /// <example>50</example>
    public required int Size { get; init; }

    /// <summary>The `cursor` of the next page; null on the last one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Next { get; init; }

    /// <summary>How many items the whole list has, exactly.</summary>
    /// <example>2</example>
    public required int Total { get; init; }
}

/// <summary>A page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
public sealed record Page<T>
{
    /// <summary>The items.</summary>
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>Where this page stands.</summary>
    [JsonPropertyName("page")]
    public required PageInformation Information { get; init; }

    /// <summary>The same page with each item as something else: rows become resources.</summary>
    internal Page<TItem> Select<TItem>(Func<T, TItem> itemOf) => new() { Items = [.. Items.Select(itemOf)], Information = Information };
}

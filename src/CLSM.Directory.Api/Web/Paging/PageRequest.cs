using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Queries;

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
}

/// <summary>What part of a list is wanted, in which order.</summary>
internal sealed record PageRequest(int Limit, string Sort, bool Descending, Cursor? After, string Question)
{
    /// <summary>What is added to the address of a collection to ask it in a body.</summary>
    public const string Search = "/search";

    public const string CursorName = "cursor";
    private const string LimitName = "limit";
    private const string SortName = "sort";
    private const int DefaultLimit = 50;

    /// <summary>The size of a page, the same wherever there are pages.</summary>
    public static readonly QueryParameter LimitParameter = new IntegerParameter(LimitName, 1, 1000, DefaultLimit, "How many items a page has at most.");

    /// <summary>The parameters that every list takes, besides its filters.</summary>
    public static IReadOnlyList<QueryParameter> ParametersFor(JsonTypeInfo record, IReadOnlyList<string> sorts) =>
    [
        LimitParameter,
        new TextParameter(CursorName, 2000, "Where to go on: `page.next` of the page before. Pages are neither lost nor repeated while others write."),
        new ChoiceParameter(SortName, [.. sorts.SelectMany(sort => new[] { sort, $"-{sort}" })], sorts[0], "Order of the list; `-` turns it round."),
        FieldSelection.ParameterFor(record),
    ];

    public static int LimitOf(QueryValues query) =>
        query.One(LimitName) is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : DefaultLimit;

    /// <summary>The page that a query asks for; a cursor of another list or of other filters is refused.</summary>
    public static (PageRequest Page, Refusal? Refusal) From(HttpContext context, QueryValues query, IReadOnlyList<string> sorts, IEnumerable<string> filters)
    {
        var sort = query.One(SortName) ?? sorts[0];
        var question = $"{CollectionOf(context)}?{query.Signature([.. filters, SortName])}";
        var limit = LimitOf(query);
        var cursor = query.One(CursorName) is { } given ? Cursor.Read(given, question, sort.TrimStart('-') == KeysetPaging.ByUpdate) : null;
        var page = new PageRequest(limit, sort.TrimStart('-'), sort.StartsWith('-'), cursor, question);
        return (page, query.One(CursorName) is not null && cursor is null
            ? Refusal.BadParameters([new Violation("invalid-cursor", []) { Parameter = CursorName }])
            : null);
    }

    /// <summary>The collection that is asked, whether in an address or in a body: a cursor of one goes on with the other.</summary>
    private static string CollectionOf(HttpContext context) => context.Request.Path.Value is var path && HttpMethods.IsPost(context.Request.Method) ? path![..^Search.Length] : path!;
}

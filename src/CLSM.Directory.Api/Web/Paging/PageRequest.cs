using System.Text.Json.Serialization.Metadata;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Web.Paging;

/// <summary>Which page of a list is wanted, in which order.</summary>
/// <param name="Limit">How many items the page has at most.</param>
/// <param name="Sort">The order.</param>
/// <param name="Descending">Whether the order is turned round.</param>
/// <param name="After">The position after which the page begins; null for the first page.</param>
/// <param name="Scope">The list with its filters and its order: a cursor is valid only there.</param>
internal sealed record PageRequest(int Limit, SortField Sort, bool Descending, Cursor? After, string Scope)
{
    /// <summary>Added to the path of a collection to send its query in a body.</summary>
    public const string Search = "/search";

    public const string CursorName = "cursor";
    private const string SortName = "sort";

    /// <summary>The size of a page, the same wherever there are pages.</summary>
    public static readonly IntegerParameter LimitParameter = new("limit", 1, 1000, 50, "How many items a page has at most.");

    private static readonly QueryParameter CursorParameter =
        new TextParameter(CursorName, 2000, "Where to go on: `page.next` of the page before. Pages are neither lost nor repeated while others write.");

    /// <summary>How many rows to read: one more than the page holds tells whether there is a next page.</summary>
    public int Fetch => Limit + 1;

    /// <summary>The parameters that every list takes, besides its filters.</summary>
    public static IReadOnlyList<QueryParameter> ParametersFor(JsonTypeInfo record, IReadOnlyList<SortField> sorts)
    {
        string[] members = [.. sorts.Select(sort => sort.Member)];
        return
        [
            LimitParameter,
            CursorParameter,
            new ChoiceParameter(SortName, [.. members.SelectMany(member => new[] { member, $"-{member}" })], members[0], "Order of the list; `-` turns it round."),
            FieldSelection.ParameterFor(record),
        ];
    }

    /// <summary>The parameters of a list of records that has one order only.</summary>
    public static IReadOnlyList<QueryParameter> ParametersFor(JsonTypeInfo record) => [LimitParameter, CursorParameter, FieldSelection.ParameterFor(record)];

    /// <summary>The parameters of a list that has one order only and shows its records whole.</summary>
    public static IReadOnlyList<QueryParameter> ParametersWithoutFields { get; } = [LimitParameter, CursorParameter];

    /// <summary>The page that a request asks for. A cursor of another list or of other filters is refused.</summary>
    public static Result<PageRequest> Read(HttpContext context, ParsedQuery query, IReadOnlyList<SortField> sorts, IEnumerable<QueryParameter> filters)
    {
        var given = query.GetValue(SortName) ?? sorts[0].Member;
        var sort = sorts.Single(sort => sort.Member == given.TrimStart('-'));
        var scope = $"{CollectionOf(context)}?{query.CanonicalText([.. filters.Select(filter => filter.Name), SortName])}";
        if (query.GetValue(CursorName) is not { } text)
        {
            return new PageRequest(LimitParameter.ReadOrDefault(query), sort, given.StartsWith('-'), null, scope);
        }

        return Cursor.Read(text, scope, sort) is { } cursor
            ? new PageRequest(LimitParameter.ReadOrDefault(query), sort, given.StartsWith('-'), cursor, scope)
            : InvalidCursor();
    }

    public static ApiProblem InvalidCursor() => ApiProblem.BadParameters([new ValidationError("invalid-cursor", []) { Parameter = CursorName }]);

    /// <summary>Makes the page of the rows that were read, up to <see cref="Fetch"/> of them.</summary>
    /// <param name="found">The rows in the order of the list.</param>
    /// <param name="total">How many rows the whole list has.</param>
    /// <param name="cursorAt">The position of a row.</param>
    public Page<T> ToPage<T>(IReadOnlyList<T> found, int total, Func<T, Cursor> cursorAt) => new()
    {
        Items = [.. found.Take(Limit)],
        Information = new PageInformation
        {
            Size = Limit,
            Next = found.Count > Limit ? cursorAt(found[Limit - 1]).Write(Scope) : null,
            Total = total,
        },
    };

    /// <summary>The path of the collection, whether its query is in the address or in a body: a cursor of one goes on with the other.</summary>
    private static string CollectionOf(HttpContext context) =>
        context.Request.Path.Value is var path && HttpMethods.IsPost(context.Request.Method) ? path![..^Search.Length] : path!;
}

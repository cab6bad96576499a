using CLSM.Directory.Api.Web.Parameters;

namespace CLSM.Directory.Api.Web.Results;

/// <summary>The ETags of one list: they depend on the version of its data, on the query, and on what the caller may see.</summary>
internal sealed class ListETag
{
    private readonly HttpRequest request;
    private readonly bool isPublic;
    private readonly string query;

    /// <param name="request">The request, whose query is in its address or in its body.</param>
    /// <param name="values">The query.</param>
    /// <param name="view">What tells the caller's view from those of others; null for what everybody sees.</param>
    public ListETag(HttpRequest request, ParsedQuery values, string? view)
    {
        this.request = request;
        isPublic = view is null;
        query = $"{request.Path}{(IsGet ? request.QueryString : values.CanonicalText())}{view}";
    }

    /// <summary>Whether the client sent the tag of an answer that it holds.</summary>
    public bool IsConditional => IsGet && request.Headers.IfNoneMatch.Count > 0;

    private bool IsGet => HttpMethods.IsGet(request.Method);

    public string Of(long version) => ETags.ForList(version, query, isPublic);

    /// <summary>Whether the client holds the answer of this version.</summary>
    public bool IsHeld(long version) => IsConditional && ETags.Matches(request, Of(version));
}

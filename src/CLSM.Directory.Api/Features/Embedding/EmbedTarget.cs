using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Features.Councils;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Html;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Problems;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace CLSM.Directory.Api.Features.Embedding;

/// <summary>A page that can be embedded: of one council, or the list of a place.</summary>
internal sealed record EmbedTarget(string Path, string? Council, IReadOnlyDictionary<string, StringValues> Words)
{
    /// <summary>The page that an address of this directory leads to; null for an address of anything else.</summary>
    public static EmbedTarget? Of(EmbedRequest request, string url)
    {
        if (!Uri.TryCreate(request.Root, UriKind.Absolute, out var root)
            || !Uri.TryCreate(url, UriKind.RelativeOrAbsolute, out var given)
            || url.Contains('\\', StringComparison.Ordinal)
            || url.StartsWith("//", StringComparison.Ordinal))
        {
            return null;
        }

        // On Unix a path is an absolute address too, of a file.
        var address = url.StartsWith('/') ? new Uri(root, url) : given.IsAbsoluteUri ? given : null;
        if (address is null
            || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            || address.Authority != root.Authority
            || address.UserInfo.Length > 0)
        {
            return null;
        }

        var path = address.AbsolutePath;
        var prefix = request.Context.Request.PathBase.Value + CouncilListPages.Path;
        var words = QueryHelpers.ParseQuery(address.Query);
        return path == prefix ? new EmbedTarget(CouncilListPages.Path + address.Query, null, words)
            : path.StartsWith($"{prefix}/", StringComparison.Ordinal) && path[(prefix.Length + 1)..] is var council && !council.Contains('/', StringComparison.Ordinal)
                ? new EmbedTarget(CouncilPages.PathOf(council) + address.Query, council, words)
            : null;
    }

    /// <summary>What the page at an address shows; a problem where it would show nothing.</summary>
    public async Task<Result<string>> FindTitleAsync(
        string url,
        EmbedRequest request,
        PublishedDbContext published,
        ReadOptions reads,
        DocumentQueries documents,
        FilterResolver resolver,
        PlaceLookup places,
        CancellationToken cancellationToken)
    {
        if (Council is not null)
        {
            return await CouncilLookup.FindAsync(published, reads, documents, Council, cancellationToken) switch
            {
                null => ApiProblem.NotFound(url),
                { Council: { } council } => council.Name,
                { Reason: var reason } => new ApiProblem(StatusCodes.Status410Gone, "removed", Council, reason ?? "—"),
            };
        }

        IReadOnlyList<QueryParameter> parameters = [.. CouncilListPages.Filters, EmbedRequest.Language, EmbedRequest.Theme];
        var (values, problem) = ParsedQuery.Read(new QueryCollection(Words.ToDictionary()), parameters);
        if (problem is not null || !(await resolver.ResolveAsync(values, cancellationToken)).TryGet(out _, out _))
        {
            return ApiProblem.NotFound(url);
        }

        return await places.NameAsync(values, cancellationToken) is { } name
            ? $"{request.Words.Councils}{request.Words.Say(" : ", ": ")}{name}"
            : request.Words.Councils;
    }
}

using CLSM.Directory.Api.Web.Results;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Queries;

/// <summary>The 304 of lists.</summary>
internal static class ListVersion
{
    /// <summary>
    /// The ETag of the answer that the client holds, if it is still valid. A list that is read again has mostly not changed, and its version
    /// alone tells. Without a condition, nothing is read.
    /// </summary>
    public static async Task<string?> FindHeldAsync(this ListETag etag, IQueryable<long> version, CancellationToken cancellationToken) =>
        etag.IsConditional && await version.FirstOrDefaultAsync(cancellationToken) is var current && etag.IsHeld(current) ? etag.Of(current) : null;
}

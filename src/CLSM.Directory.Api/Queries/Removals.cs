using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Web.Problems;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Queries;

/// <summary>What was removed from a council, as far as it was public.</summary>
internal static class Removals
{
    /// <summary>The problem for a resource that does not exist: 410 with the reason where it was public once, else 404.</summary>
    public static async Task<ApiProblem> FindAsync(
        PublishedDbContext published, Guid council, string type, Guid id, CancellationToken cancellationToken)
    {
        var removal = await published.Removals
            .Where(removal => removal.CouncilId == council && removal.Type == type && removal.Id == id)
            .OrderByDescending(removal => removal.Cursor)
            .Select(removal => new { removal.Reason })
            .FirstOrDefaultAsync(cancellationToken);
        return removal is null
            ? ApiProblem.NotFound(id.ToString())
            : new ApiProblem(StatusCodes.Status410Gone, "removed", id, removal.Reason ?? "—");
    }
}

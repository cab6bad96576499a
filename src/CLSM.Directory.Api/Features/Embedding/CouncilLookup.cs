using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Features.Councils;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Values;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Features.Embedding;

/// <summary>What stands under a code of a council, with everything public that is in it: one statement.</summary>
internal sealed record CouncilLookup(CouncilDocument? Council, string? Reason)
{
    /// <summary>The council, present or removed; null where the code never was one's.</summary>
    public static async Task<CouncilLookup?> FindAsync(
        PublishedDbContext published, ReadOptions reads, DocumentQueries documents, string code, CancellationToken cancellationToken)
    {
        if (!TextFormat.Of(PatternKind.CouncilCode).Fits(code))
        {
            return null;
        }

        reads.IncludeNamed(code);
        var types = documents.TypesOf(CouncilDocument.PartMembers);
        var found = await (
            from stated in published.CouncilCodes
            where stated.Code == code
            join row in published.Councils on stated.CouncilId equals row.Id into rows
            from council in rows.DefaultIfEmpty()
            select new
            {
                Row = council,
                Parts = PublishedDbContext.ResourcesOf(stated.CouncilId, types),
                Reason = published.Removals
                    .Where(removal => removal.CouncilId == stated.CouncilId && removal.Type == "council")
                    .OrderByDescending(removal => removal.Cursor).Select(removal => removal.Reason).FirstOrDefault(),
            }).AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        if (found?.Row is null)
        {
            return found is null ? null : new CouncilLookup(null, found.Reason);
        }

        found.Row.Parts = found.Parts;
        return new CouncilLookup(documents.DocumentOf(found.Row), null);
    }

    /// <summary>The council that took its place, where it merged into one.</summary>
    public string? Successor => Council is { Status: "merged", Successors: [var successor, ..] } ? successor : null;
}

using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Database;

/// <summary>The codes of councils, present and former, as the national role sees them.</summary>
internal sealed class CouncilCodeStore(PublishedDbContext published, ReadOptions reads) : ITenantStore
{
    public async Task<TenantLookup> FindAsync(string identifier, CancellationToken cancellationToken)
    {
        reads.IncludeNamed(identifier);
        var found = await (
            from code in published.CouncilCodes
            where code.Code == identifier
            join row in published.Councils on code.CouncilId equals row.Id into rows
            from council in rows.DefaultIfEmpty()
            select new { code.CouncilId, Current = (string?)council.Code, Status = (string?)council.Status })
            .FirstOrDefaultAsync(cancellationToken);

        return found switch
        {
            null => new TenantLookup.Unknown(),
            { Current: null } => new TenantLookup.Removed(await ReasonAsync(found.CouncilId, cancellationToken)),
            { Current: var current } when current != identifier => new TenantLookup.Renamed(current),
            _ => new TenantLookup.Found(new TenantInfo(found.CouncilId, identifier), found.Status == "merged"),
        };
    }

    public async Task<IReadOnlyList<string>> KnownAsync(IReadOnlyCollection<string> identifiers, CancellationToken cancellationToken)
    {
        var asked = identifiers.ToArray();
        return await published.CouncilCodes.Where(code => asked.Contains(code.Code)).Select(code => code.Code).ToListAsync(cancellationToken);
    }

    private Task<string?> ReasonAsync(Guid council, CancellationToken cancellationToken) => published.Removals
        .Where(removal => removal.CouncilId == council && removal.Type == "council")
        .OrderByDescending(removal => removal.Cursor)
        .Select(removal => removal.Reason)
        .FirstOrDefaultAsync(cancellationToken);
}

using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Results;

namespace CLSM.Directory.Api.Database;

/// <summary>Where a request reads from: the tables of its council if the caller may edit it, else what is published.</summary>
internal sealed record ReadContext(DirectoryDbContext Database, bool IsPublic)
{
    /// <summary>The end of an ETag that keeps this view of a resource apart from the others.</summary>
    public string ETagSuffix => IsPublic ? ETags.PublicView : Database is PartnerDbContext ? ETags.PartnerView : "";
}

/// <summary>Chooses the context of a read. Nothing else decides between what the public, a partner and a council may see.</summary>
internal sealed class ReadAccess(CouncilDbContext council, PartnerDbContext partner, PublishedDbContext published, ICurrentCaller caller)
{
    public ReadContext OfCouncil(TenantInfo tenant) =>
        caller.CanEdit(tenant.Id) ? new ReadContext(council, false)
        : caller.RestrictedRegions.Count > 0 ? new ReadContext(partner, false)
        : National();

    public ReadContext National() => new(published, true);
}

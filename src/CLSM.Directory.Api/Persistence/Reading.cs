using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Sandbox;
using CLSM.Directory.Api.Security;
using CLSM.Directory.Api.Tenancy;

namespace CLSM.Directory.Api.Persistence;

/// <summary>Where a request reads from: the tables of its council where its key allows it, else what is published.</summary>
internal sealed record ReadingSource(DirectoryDbContext Database, bool IsPublic)
{
    /// <summary>What tells the ETag of this view of a resource from those of the others.</summary>
    public string Mark => IsPublic ? EntityTags.PublicView : Database is PartnerDbContext ? EntityTags.PartnerView : "";
}

/// <summary>Chooses the source of a read. Nothing but this decides between what the public may see, what a partner may, and what a council may.</summary>
internal sealed class Reading(CouncilDbContext council, PartnerDbContext partner, PublishedDbContext published, IHttpContextAccessor http)
{
    public ReadingSource OfCouncil(TenantInfo tenant)
    {
        partner.AsksForSandbox = tenant.Id == SandboxCouncil.Id;
        return http.HttpContext!.User switch
        {
            var caller when caller.MayEdit(tenant.Id) => new ReadingSource(council, false),
            var caller when caller.RestrictedRegions().Count > 0 => new ReadingSource(partner, false),
            _ => National(),
        };
    }

    public ReadingSource National() => new(published, true);
}

using CLSM.Directory.Api.Security;
using CLSM.Directory.Api.Tenancy;

namespace CLSM.Directory.Api.Persistence;

/// <summary>Where a request reads from: the tables of its council where its key allows it, else what is published.</summary>
internal sealed record ReadingSource(DirectoryDbContext Database, bool IsPublic);

/// <summary>Chooses the source of a read. Nothing but this decides between what the public may see and what a council may.</summary>
internal sealed class Reading(CouncilDbContext council, PublishedDbContext published, IHttpContextAccessor http)
{
    public ReadingSource OfCouncil(TenantInfo tenant) =>
        http.HttpContext!.User.MayEdit(tenant.Id) ? new ReadingSource(council, false) : new ReadingSource(published, true);

    public ReadingSource National() => new(published, true);
}

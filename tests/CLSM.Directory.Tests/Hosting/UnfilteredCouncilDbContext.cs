using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Tests.Hosting;

/// <summary>The tables of one tenant without the query filter, so that row-level security alone keeps it to that one.</summary>
internal sealed class UnfilteredCouncilDbContext(DbContextOptions<CouncilDbContext> options, TenantContext tenant, PartTables parts)
    : CouncilDbContext(options, tenant, parts)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            entity.SetQueryFilter(TenantFilter, null);
        }
    }
}

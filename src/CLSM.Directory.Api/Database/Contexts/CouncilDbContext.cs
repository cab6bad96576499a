using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CLSM.Directory.Api.Database.Contexts;

/// <summary>
/// The tables of one tenant. Three locks keep it to that one: the named query filter here, the refusal to save another's rows here, and
/// row-level security with composite keys in PostgreSQL.
/// </summary>
/// <remarks>Not sealed: a test derives a context without the query filter, to prove that row-level security alone suffices.</remarks>
internal class CouncilDbContext(DbContextOptions<CouncilDbContext> options, TenantContext tenant, PartTables parts)
    : DirectoryDbContext(options, parts)
{
    public const string TenantFilter = "tenant";

    public DbSet<OrganisationReferenceRow> OrganisationReferences => Set<OrganisationReferenceRow>();

    /// <summary>Throws until a tenant is entered: without one, nothing is read.</summary>
    private Guid CouncilId => tenant.Current.Id;

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var entry in ChangeTracker.Entries())
        {
            var owner = entry.Entity switch
            {
                PartRow part => part.CouncilId,
                CouncilRow council => council.Id,
                var other => throw new InvalidOperationException($"{other.GetType().Name} is kept by the database."),
            };
            if (owner != CouncilId)
            {
                throw new InvalidOperationException("A unit of work holds the rows of one council only.");
            }
        }

        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    public override string Schema => "directory";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<CouncilRow>().HasQueryFilter(TenantFilter, row => row.Id == CouncilId);
        var reference = modelBuilder.Entity<OrganisationReferenceRow>();
        Relation(reference, "organisation_reference");
        reference.HasKey(row => new { row.CouncilId, row.OrganisationId, row.ReferrerType, row.ReferrerId });
        reference.HasQueryFilter(TenantFilter, row => row.CouncilId == CouncilId);
    }

    protected override void Relation<TRow>(EntityTypeBuilder<TRow> entity, string name) => entity.ToTable(name, Schema);

    protected override void PartRules<TRow>(EntityTypeBuilder<TRow> entity)
    {
        entity.Ignore(row => row.CouncilCode);
        entity.HasQueryFilter(TenantFilter, row => row.CouncilId == CouncilId);
    }
}

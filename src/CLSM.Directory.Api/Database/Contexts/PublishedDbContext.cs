using CLSM.Directory.Api.Database.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CLSM.Directory.Api.Database.Contexts;

/// <summary>National reading: the views of the schema <c>published</c>, through a role that has rights on nothing else. It cannot write.</summary>
internal sealed class PublishedDbContext(DbContextOptions<PublishedDbContext> options, PartTables parts) : DirectoryDbContext(options, parts)
{
    public DbSet<CouncilCodeRow> CouncilCodes => Set<CouncilCodeRow>();

    public DbSet<RemovalRow> Removals => Set<RemovalRow>();

    public DbSet<FacetRow> Facets => Set<FacetRow>();

    public DbSet<CoveredPlaceRow> CoveredPlaces => Set<CoveredPlaceRow>();

    /// <summary>A council and its public parts, of these types, as a JSON array; only inside a query.</summary>
    public static string? ResourcesOf(Guid council, string[] types) =>
        throw new NotSupportedException($"{council}: only PostgreSQL knows {types}.");

    public override string Schema => "published";

    /// <summary>Where a council is, as JSON; only inside a query.</summary>
    public static string? PlaceOf(Guid council) => throw new NotSupportedException($"{council}: only PostgreSQL knows.");

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.HasDbFunction(() => PlaceOf(default)).HasSchema(Schema).HasName("place_of").HasStoreType("jsonb");
        modelBuilder.HasDbFunction(() => ResourcesOf(default, Array.Empty<string>())).HasSchema(Schema).HasName("resources_of").HasStoreType("jsonb");
        Relation(modelBuilder.Entity<CouncilCodeRow>(), "council_code");
        modelBuilder.Entity<CouncilCodeRow>().HasKey(row => row.Code);
        Relation(modelBuilder.Entity<RemovalRow>(), "removal");
        modelBuilder.Entity<RemovalRow>().HasKey(row => row.Cursor);
        Relation(modelBuilder.Entity<FacetRow>().HasNoKey(), "facet");
        Relation(modelBuilder.Entity<CoveredPlaceRow>().HasNoKey(), "covered_place");
        SearchColumns.AddTo(modelBuilder, Schema);
    }

    protected override void Relation<TRow>(EntityTypeBuilder<TRow> entity, string name) => entity.ToView(name, Schema);

    protected override void PartRules<TRow>(EntityTypeBuilder<TRow> entity) => entity.Property(row => row.CouncilCode);
}

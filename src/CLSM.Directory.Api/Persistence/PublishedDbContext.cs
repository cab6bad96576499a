using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CLSM.Directory.Api.Persistence;

/// <summary>National reading: the views of the schema <c>published</c>, through a role that has rights on nothing else. It cannot write.</summary>
internal sealed class PublishedDbContext(DbContextOptions<PublishedDbContext> options) : DirectoryDbContext(options)
{
    private static readonly Type[] Resources =
        [typeof(CouncilRow), typeof(GovernanceBodyRow), typeof(WorkingGroupRow), typeof(OrganisationRow), typeof(ContactRow), typeof(EventRow)];

    public DbSet<CouncilCodeRow> CouncilCodes => Set<CouncilCodeRow>();

    public DbSet<RemovalRow> Removals => Set<RemovalRow>();

    public DbSet<FacetRow> Facets => Set<FacetRow>();

    public DbSet<CoveredPlaceRow> CoveredPlaces => Set<CoveredPlaceRow>();

    /// <summary>What the resources of a collection are searched by.</summary>
    public DbSet<CriteriaRow> CriteriaOf<TRow>()
        where TRow : ResourceRow =>
        Set<CriteriaRow>(CriteriaName(typeof(TRow)));

    /// <summary>The parts of a council, for queries: the lists of its document that are asked for, as JSON.</summary>
    public static string? PartsOf(Guid council, string[] members) => throw new NotSupportedException($"{council}: only PostgreSQL knows {members}.");

    public override string Schema => "published";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        Relation(modelBuilder.Entity<CouncilCodeRow>(), "council_code");
        modelBuilder.Entity<CouncilCodeRow>().HasKey(row => row.Code);
        Relation(modelBuilder.Entity<RemovalRow>(), "removal");
        modelBuilder.Entity<RemovalRow>().HasKey(row => row.Cursor);
        Relation(modelBuilder.Entity<FacetRow>().HasNoKey(), "facet");
        Relation(modelBuilder.Entity<CoveredPlaceRow>().HasNoKey(), "covered_place");
        modelBuilder.HasDbFunction(() => PartsOf(Guid.Empty, Array.Empty<string>())).HasName("parts_of").HasSchema(Schema);
        foreach (var resource in Resources)
        {
            Relation(modelBuilder.SharedTypeEntity<CriteriaRow>(CriteriaName(resource)).HasNoKey(), CriteriaName(resource));
        }
    }

    protected override void Relation<TRow>(EntityTypeBuilder<TRow> entity, string name) => entity.ToView(name, Schema);

    protected override void PartRules<TRow>(EntityTypeBuilder<TRow> entity) => entity.Property(row => row.CouncilCode);

    private static string CriteriaName(Type row) => JsonNamingPolicy.SnakeCaseLower.ConvertName(row.Name[..^"Row".Length]) + "_criteria";
}

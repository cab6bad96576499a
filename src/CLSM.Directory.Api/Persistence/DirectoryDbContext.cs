using System.Linq.Expressions;
using CLSM.Directory.Api.Contacts;
using CLSM.Directory.Api.Events;
using CLSM.Directory.Api.GovernanceBodies;
using CLSM.Directory.Api.Organisations;
using CLSM.Directory.Api.Parts;
using CLSM.Directory.Api.WorkingGroups;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CLSM.Directory.Api.Persistence;

/// <summary>
/// The council and its parts, mapped once for both ways to reach them: the tables of one tenant (<see cref="CouncilDbContext"/>) and the
/// views of what is public (<see cref="PublishedDbContext"/>).
/// </summary>
internal abstract class DirectoryDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>The schema that is read.</summary>
    public abstract string Schema { get; }

    /// <summary>The schema in which one relation is read.</summary>
    public virtual string SchemaOf(string relation) => Schema;

    public DbSet<CouncilRow> Councils => Set<CouncilRow>();

    public DbSet<GovernanceBodyRow> GovernanceBodies => Set<GovernanceBodyRow>();

    public DbSet<WorkingGroupRow> WorkingGroups => Set<WorkingGroupRow>();

    public DbSet<OrganisationRow> Organisations => Set<OrganisationRow>();

    public DbSet<ContactRow> Contacts => Set<ContactRow>();

    public DbSet<EventRow> Events => Set<EventRow>();

    public DbSet<ChangeLogStateRow> ChangeLogState => Set<ChangeLogStateRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        Map<CouncilRow>(modelBuilder, "council", council =>
        {
            council.HasKey(row => row.Id);
            council.Property(row => row.Code);
            Statement(council, row => row.Statement);
            Generated(council, row => row.Kind);
            Generated(council, row => row.Status);
            Generated(council, row => row.Themes);
        });
        MapPart<GovernanceBodyRow, GovernanceBody>(modelBuilder, "governance_body", body =>
        {
            Generated(body, row => row.Type);
            Generated(body, row => row.Openness);
        });
        MapPart<WorkingGroupRow, WorkingGroup>(modelBuilder, "working_group", group =>
        {
            Generated(group, row => row.Kind);
            Generated(group, row => row.Status);
            Generated(group, row => row.Themes);
        });
        MapPart<OrganisationRow, Organisation>(modelBuilder, "organisation", organisation =>
        {
            Generated(organisation, row => row.Category);
            Generated(organisation, row => row.Roles);
            Generated(organisation, row => row.Siren);
            Generated(organisation, row => row.Siret);
            Generated(organisation, row => row.Finess);
            Generated(organisation, row => row.Rna);
        });
        MapPart<ContactRow, Contact>(modelBuilder, "contact", contact =>
        {
            Generated(contact, row => row.Function);
            Generated(contact, row => row.Visibility);
        });
        MapPart<EventRow, CouncilEvent>(modelBuilder, "event", councilEvent =>
        {
            Generated(councilEvent, row => row.Kind);
            Generated(councilEvent, row => row.Themes);
        });
        Relation(modelBuilder.Entity<ChangeLogStateRow>(), "change_head");
        modelBuilder.Entity<ChangeLogStateRow>().HasKey(row => row.OnlyRow);
    }

    /// <summary>Where the entity is read from, and how its columns are called.</summary>
    protected abstract void Relation<TRow>(EntityTypeBuilder<TRow> entity, string name)
        where TRow : class;

    protected abstract void PartRules<TRow>(EntityTypeBuilder<TRow> entity)
        where TRow : PartRow;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Conventions.Add(_ => new SnakeCaseColumns());

    private void MapPart<TRow, TPart>(ModelBuilder model, string name, Action<EntityTypeBuilder<TRow>> columns)
        where TRow : PartRow<TPart>
        where TPart : CouncilPart =>
        Map<TRow>(model, name, part =>
        {
            part.HasKey(row => new { row.CouncilId, row.Id });
            Statement(part, row => row.Statement);
            PartRules(part);
            columns(part);
        });

    private void Map<TRow>(ModelBuilder model, string name, Action<EntityTypeBuilder<TRow>> columns)
        where TRow : ResourceRow
    {
        var entity = model.Entity<TRow>();
        Relation(entity, name);
        entity.Property(row => row.Id).ValueGeneratedNever();
        entity.Ignore(row => row.Parts);
        Generated(entity, row => row.Name);
        Generated(entity, row => row.Version).IsConcurrencyToken();
        Generated(entity, row => row.CreatedAt);
        Generated(entity, row => row.UpdatedAt);
        columns(entity);
    }

    private static PropertyBuilder<TValue> Generated<TRow, TValue>(EntityTypeBuilder<TRow> entity, Expression<Func<TRow, TValue>> column)
        where TRow : class
    {
        var property = entity.Property(column).ValueGeneratedOnAddOrUpdate();
        property.Metadata.SetBeforeSaveBehavior(Microsoft.EntityFrameworkCore.Metadata.PropertySaveBehavior.Ignore);
        property.Metadata.SetAfterSaveBehavior(Microsoft.EntityFrameworkCore.Metadata.PropertySaveBehavior.Ignore);
        return property;
    }

    private static void Statement<TRow, TStatement>(EntityTypeBuilder<TRow> entity, Expression<Func<TRow, TStatement>> column)
        where TRow : class
        where TStatement : class =>
        entity.Property(column).HasColumnType("jsonb")
            .HasConversion(statement => StatementJson.Write(statement), json => StatementJson.Read<TStatement>(json));
}

using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CLSM.Directory.Api.Database.Contexts;

/// <summary>
/// The council and its parts, mapped once for both ways to reach them: the tables of one tenant (<see cref="CouncilDbContext"/>) and the
/// views of what is public (<see cref="PublishedDbContext"/>).
/// </summary>
internal abstract class DirectoryDbContext(DbContextOptions options, PartTables parts) : DbContext(options)
{
    /// <summary>The view of a council and its parts; each schema that is read has one.</summary>
    public const string CouncilResources = "council_resource";

    /// <summary>The tables of parts that the model contains.</summary>
    public PartTables Parts => parts;

    /// <summary>The schema that is read.</summary>
    public abstract string Schema { get; }

    /// <summary>The schema in which one relation is read.</summary>
    public virtual string SchemaOf(string relation) => Schema;

    public DbSet<CouncilRow> Councils => Set<CouncilRow>();

    public DbSet<OrganisationRow> Organisations => Set<OrganisationRow>();

    public DbSet<ContactRow> Contacts => Set<ContactRow>();

    public DbSet<ChangeLogStateRow> ChangeLogState => Set<ChangeLogStateRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        Map<CouncilRow>(modelBuilder, "council", council =>
        {
            council.HasKey(row => row.Id);
            council.Property(row => row.Code);
            Statement(council, row => row.Statement, ModelJsonContext.Instance.Council);
            Generated(council, row => row.Kind);
            Generated(council, row => row.Status);
            Generated(council, row => row.Themes);
        });
        var model = new PartModel(this, modelBuilder);
        foreach (var table in parts.All)
        {
            table.AddTo(model);
        }

        Relation(modelBuilder.Entity<ChangeLogStateRow>(), "change_head");
        modelBuilder.Entity<ChangeLogStateRow>().HasKey(row => row.OnlyRow);
    }

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.ReplaceService<IModelCacheKeyFactory, PartModelCacheKeyFactory>();

    /// <summary>Where the entity is read from, and how its columns are called.</summary>
    protected abstract void Relation<TRow>(EntityTypeBuilder<TRow> entity, string name)
        where TRow : class;

    protected abstract void PartRules<TRow>(EntityTypeBuilder<TRow> entity)
        where TRow : PartRow;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Conventions.Add(_ => new SnakeCaseColumns());

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
        var property = entity.Property(column);
        Generated(property);
        return property;
    }

    private static void Generated(PropertyBuilder property)
    {
        property.ValueGeneratedOnAddOrUpdate();
        property.Metadata.SetBeforeSaveBehavior(PropertySaveBehavior.Ignore);
        property.Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
    }

    private static void Statement<TRow, TStatement>(
        EntityTypeBuilder<TRow> entity, Expression<Func<TRow, TStatement>> column, JsonTypeInfo<TStatement> record)
        where TRow : class
        where TStatement : class =>
        entity.Property(column).HasColumnType("jsonb")
            .HasConversion(statement => JsonSerializer.Serialize(statement, record), json => JsonSerializer.Deserialize(json, record)!);

    /// <summary>Maps the parts of one kind. What a row adds to those of all kinds is generated from the statement.</summary>
    private sealed class PartModel(DirectoryDbContext context, ModelBuilder model) : IPartModel
    {
        public void Add<TRow, TPart>(string table, JsonTypeInfo<TPart> record)
            where TRow : PartRow<TPart>
            where TPart : CouncilPart =>
            context.Map<TRow>(model, table, part =>
            {
                part.HasKey(row => new { row.CouncilId, row.Id });
                Statement(part, row => row.Statement, record);
                context.PartRules(part);
                foreach (var column in typeof(TRow).GetProperties(BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Public))
                {
                    Generated(part.Property(column.Name));
                }
            });
    }
}

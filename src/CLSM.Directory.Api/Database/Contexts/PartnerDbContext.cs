using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CLSM.Directory.Api.Database.Contexts;

/// <summary>
/// What an agency reads of its region's councils: what is published, and the contacts for partners, through a view that shows no others. It
/// cannot write.
/// </summary>
internal sealed class PartnerDbContext(DbContextOptions<PartnerDbContext> options, PartTables parts) : DirectoryDbContext(options, parts)
{
    private const string PartnerSchema = "partners";

    public override string Schema => "published";

    public override string SchemaOf(string relation) => relation is "contact" or CouncilResources ? PartnerSchema : Schema;

    protected override void Relation<TRow>(EntityTypeBuilder<TRow> entity, string name) => entity.ToView(name, SchemaOf(name));

    protected override void PartRules<TRow>(EntityTypeBuilder<TRow> entity) => entity.Property(row => row.CouncilCode);
}

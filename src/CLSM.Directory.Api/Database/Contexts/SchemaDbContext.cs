using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Database.Contexts;

/// <summary>What migrations run in, as the role that owns the schema. It maps nothing: the SQL of the migrations is the schema.</summary>
internal sealed class SchemaDbContext(DbContextOptions<SchemaDbContext> options) : DbContext(options)
{
    public static SchemaDbContext For(string ownerConnectionString) => new(
        new DbContextOptionsBuilder<SchemaDbContext>()
            .UseNpgsql(ownerConnectionString, npgsql => npgsql.MigrationsHistoryTable("schema_migration", "directory"))
            .Options);
}

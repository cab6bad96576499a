using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CLSM.Directory.Api.Persistence.Migrations;

/// <summary>A migration whose text is SQL: half of the schema (policies, views, triggers, rights) has no words in EF Core.</summary>
internal abstract class SqlMigration(string file) : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(EmbeddedText.Read($"Persistence.Migrations.{file}"));
}

[DbContext(typeof(SchemaDbContext)), Migration("20261122000001_Directory")]
internal sealed class DirectoryMigration() : SqlMigration("0001_directory.sql");

[DbContext(typeof(SchemaDbContext)), Migration("20261122000002_Territories")]
internal sealed class TerritoriesMigration() : SqlMigration("0002_territories.sql");

[DbContext(typeof(SchemaDbContext)), Migration("20261122000003_Filters")]
internal sealed class FiltersMigration() : SqlMigration("0003_filters.sql");

[DbContext(typeof(SchemaDbContext)), Migration("20261122000004_Feed")]
internal sealed class FeedMigration() : SqlMigration("0004_feed.sql");

[DbContext(typeof(SchemaDbContext)), Migration("20261122000005_Coverage")]
internal sealed class CoverageMigration() : SqlMigration("0005_coverage.sql");

[DbContext(typeof(SchemaDbContext)), Migration("20261122000006_Search")]
internal sealed class SearchMigration() : SqlMigration("0006_search.sql");

[DbContext(typeof(SchemaDbContext)), Migration("20261122000007_Exports")]
internal sealed class ExportsMigration() : SqlMigration("0007_exports.sql");

[DbContext(typeof(SchemaDbContext)), Migration("20261122000008_Trust")]
internal sealed class TrustMigration() : SqlMigration("0008_trust.sql");

[DbContext(typeof(SchemaDbContext)), Migration("20261122000009_History")]
internal sealed class HistoryMigration() : SqlMigration("0009_history.sql");

[DbContext(typeof(SchemaDbContext)), Migration("20261122000010_Objection")]
internal sealed class ObjectionMigration() : SqlMigration("0010_objection.sql");

[DbContext(typeof(SchemaDbContext)), Migration("20261122000011_Keys")]
internal sealed class KeysMigration() : SqlMigration("0011_keys.sql");

[DbContext(typeof(SchemaDbContext)), Migration("20261122000013_Sandbox")]
internal sealed class SandboxMigration() : SqlMigration("0013_sandbox.sql");

using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Web.Resources;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CLSM.Directory.Api.Database.Migrations;

/// <summary>
/// Makes the whole schema from the files of <c>Database/Schema</c>, in the order of their names. They are SQL, because EF Core has no words
/// for half of it: policies, views, triggers, rights.
/// </summary>
[DbContext(typeof(SchemaDbContext)), Migration("20261125000001_InitialSchema")]
internal sealed class InitialSchema : Migration
{
    private const string Folder = "Database.Schema.";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var file in EmbeddedResource.Names(Folder))
        {
            migrationBuilder.Sql(EmbeddedResource.Read(file));
        }
    }
}

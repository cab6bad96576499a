using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Persistence;

namespace CLSM.Directory.Tests.PartTypes;

/// <summary>Makes the schema anew from its files, with what a sixth kind of parts adds to them.</summary>
internal static class TestPartSchema
{
    /// <summary>What a new kind adds at the end of files of the schema: a call of the template, and its public view.</summary>
    private static readonly Dictionary<string, string> Additions = new(StringComparer.Ordinal)
    {
        ["Database.Schema.11_council_parts.sql"] =
            """
            select directory.create_part_table(
                'test_part',
                name_member => 'name',
                word_paths => array['$.name', '$.colour'],
                optional_members => array['colour', 'organisation'],
                columns => $$colour text generated always as (statement ->> 'colour') stored$$);
            """,
        ["Database.Schema.60_published_views.sql"] =
            """
            create view published.test_part as
                select p.council_id, p.id, p.natural_key, p.statement, p.name, p.colour, p.version, p.created_at, p.updated_at,
                       c.code as council_code, p.words, p.missing
                from directory.test_part p left join directory.council c on c.id = p.council_id
                where directory.is_visible(p.council_id);
            """,
    };

    public static async Task CreateAsync(DirectoryDatabase database)
    {
        // EF Core's list of migrations stays: the migration is not run again.
        await TestCluster.ExecuteAsync(
            database.Owner,
            """
            alter table directory.schema_migration set schema public;
            drop schema directory, published, partners cascade;
            create schema directory;
            alter table public.schema_migration set schema directory
            """);
        await TestCluster.ExecuteAsync(
            database.Owner,
            [.. EmbeddedText.Names("Database.Schema.").Select(file => $"{EmbeddedText.Read(file)}\n{Additions.GetValueOrDefault(file)}")]);
        await ReferenceLoading.LoadShippedAsync(database.Owner, CancellationToken.None);
    }
}

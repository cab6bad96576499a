using CLSM.Directory.Tests.Hosting;
using Npgsql;

namespace CLSM.Directory.Tests;

/// <summary>A kind of part that exists in this test alone, added by one call of the SQL template.</summary>
[Parallelizable]
internal sealed class PartTemplateTests : DirectoryFixture
{
    private const string Part = "0193a000-0000-7000-8000-000000000001";

    private int versionBefore;

    /// <summary>Two commitments of Metz, one of them not public, written by the service's role; and one of the sandbox.</summary>
    protected override async Task PrepareAsync()
    {
        await TestCluster.ExecuteAsync(
            Database.Owner,
            """
            select directory.create_part(
                'commitment',
                name_member => 'label',
                word_paths => array['$.label'],
                optional_members => array['until'],
                columns => $$visibility text not null generated always as (coalesce(statement ->> 'visibility', 'public')) stored$$,
                has_facets => true)
            """);
        versionBefore = await PublicAsync<int>("select version from published.council where code = 'metz'");
        await TestCluster.ExecuteAsync(
            Database.Service,
            $$"""
            begin;
            select set_config('clsm.council', (select council_id::text from published.council_code where code = 'metz'), true);
            insert into directory.commitment (council_id, id, natural_key, statement) values
                (directory.current_council(), '{{Part}}', 'test-0001', '{"label":"test-0001"}'),
                (directory.current_council(), gen_random_uuid(), 'test-0002', '{"label":"test-0002","visibility":"internal"}');
            commit;
            """);
        await TestCluster.ExecuteAsync(
            TestCluster.AdministratorOf(Database),
            """
            insert into directory.commitment (council_id, id, natural_key, statement)
            values (directory.sandbox(), gen_random_uuid(), 'test-0003', '{"label":"test-0003"}')
            """);
    }

    [Test]
    public async Task What_the_service_writes_has_versions_a_place_in_the_log_and_a_history()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await PublicAsync<int>("select version from published.council where code = 'metz'"), Is.EqualTo(versionBefore + 1));
            Assert.That(await PublicAsync<string>($"select operation from published.change where id = '{Part}'"), Is.EqualTo("created"));
            Assert.That(await OfCouncilAsync("metz", "select count(*) from directory.history where type = 'commitment'"), Is.EqualTo(2));
            Assert.That(await OfCouncilAsync("metz", "select count(*) from directory.council_resource where type = 'commitment'"), Is.EqualTo(2));
        }
    }

    [TestCase("select string_agg(name || missing::text || version, ' ') from published.commitment where council_code = 'metz'", ExpectedResult = "test-0001{until}1")]
    [TestCase("select string_agg(statement ->> 'label', ' ') from published.council_resource where type = 'commitment'", ExpectedResult = "test-0001")]
    [TestCase("select string_agg(id::text, ' ') from published.change where type = 'commitment'", ExpectedResult = Part)]
    [TestCase("select string_agg(id::text, ' ') from published.search_entry where type = 'commitment'", ExpectedResult = Part)]
    public Task<string> The_public_sees_the_public_one_of_a_council_that_exists(string sql) => PublicAsync<string>(sql);

    [TestCase("directory.commitment")]
    [TestCase("directory.council_resource where type = 'commitment'")]
    public async Task Another_council_does_not_see_it(string rows) =>
        Assert.That(await OfCouncilAsync("grenoble", $"select count(*) from {rows}"), Is.Zero);

    [Test]
    public async Task Its_view_has_the_form_of_those_that_are_written_out()
    {
        Assert.That(
            await DefinitionAsync("commitment"),
            Is.EqualTo((await DefinitionAsync("contact")).Replace("    p.function,\n", "", StringComparison.Ordinal)));

        async Task<string> DefinitionAsync(string kind) =>
            (await TestCluster.ScalarAsync<string>(Database.Owner, $"select pg_get_viewdef('published.{kind}'::regclass)"))
            .Replace($"directory.{kind}", "directory.part", StringComparison.Ordinal);
    }

    [TestCase("select directory.create_part('test_0001', 'name', '{}', '{}', 'x text')")]
    [TestCase("select directory.own('directory.find_api_key(bytea)', 'clsm_service')")]
    [TestCase("select directory.grant_part('council')")]
    public void The_service_cannot_use_the_template(string sql) =>
        Assert.That(
            async () => await TestCluster.ExecuteAsync(Database.Service, sql),
            Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo("42501"));

    private Task<T> PublicAsync<T>(string sql) => TestCluster.ScalarAsync<T>(Database.Reader, sql);

    private async Task<long> OfCouncilAsync(string code, string sql)
    {
        var council = await PublicAsync<Guid>($"select council_id from published.council_code where code = '{code}'");
        await using var connection = new NpgsqlConnection(Database.Service);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var enter = new NpgsqlCommand($"select set_config('clsm.council', '{council}', true)", connection, transaction);
        await enter.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

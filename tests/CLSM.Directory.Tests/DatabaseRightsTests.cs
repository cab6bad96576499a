using CLSM.Directory.Tests.Hosting;
using Npgsql;

namespace CLSM.Directory.Tests;

/// <summary>What the service's own roles can do in the database, were the program turned against it.</summary>
internal sealed class DatabaseRightsTests : DirectoryFixture
{
    private static readonly string[] TenantTables = ["council", "governance_body", "working_group", "organisation", "contact", "event", "organisation_reference", "change", "coverage", "succession", "facet", "covered_place", "history"];

    [TestCaseSource(nameof(TenantTables))]
    public async Task Row_security_is_on_and_forced(string table)
    {
        var flags = await TestCluster.ScalarAsync<string>(Database.Owner, $"select relrowsecurity::text || relforcerowsecurity::text from pg_class where oid = 'directory.{table}'::regclass");
        Assert.That(flags, Is.EqualTo("truetrue"));
    }

    [Test]
    public async Task Every_table_with_a_council_is_under_row_security()
    {
        var open = await TestCluster.ScalarAsync<long>(
            Database.Owner,
            """
            select count(*) from pg_class c join pg_attribute a on a.attrelid = c.oid
            where c.relnamespace = 'directory'::regnamespace and c.relkind = 'r' and a.attname = 'council_id'
              and not (c.relrowsecurity and c.relforcerowsecurity) and c.relname <> 'council_code'
            """);
        Assert.That(open, Is.Zero);
    }

    [TestCase("clsm_service")]
    [TestCase("clsm_reader")]
    public async Task The_services_roles_own_nothing_and_bypass_nothing(string role)
    {
        Assert.That(await TestCluster.ScalarAsync<bool>(Database.Owner, $"select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb from pg_roles where rolname = '{role}'"), Is.False);
        Assert.That(await TestCluster.ScalarAsync<long>(Database.Owner, $"select count(*) from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = '{role}'"), Is.Zero);
        Assert.That(await TestCluster.ScalarAsync<long>(Database.Owner, $"select count(*) from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname = '{role}'"), Is.Zero);
    }

    [TestCase("select * from directory.api_key")]
    [TestCase("select secret_hash, previous_hash from directory.api_key")]
    [TestCase("insert into directory.api_key (id, name, secret_hash, is_administrator, council_ids) values (gen_random_uuid(), 'test-0001', '\\x00', true, '{}')")]
    [TestCase("update directory.api_key set is_administrator = true")]
    [TestCase("delete from directory.api_key")]
    [TestCase("update directory.api_key_entry set name = 'test-0001'")]
    [TestCase("create function partners.test_0001() returns integer language sql return 1")]
    [TestCase("insert into directory.change (cursor) values (99)")]
    [TestCase("update directory.change set reason = 'error'")]
    [TestCase("delete from directory.change")]
    [TestCase("update directory.change_head set cursor = 0")]
    [TestCase("insert into directory.history (council_id, council_version, type, id, operation, version, created_at, updated_at, author) values (gen_random_uuid(), 1, 'event', gen_random_uuid(), 'created', 1, now(), now(), 'test-0001')")]
    [TestCase("update directory.history set author = 'test-0001'")]
    [TestCase("delete from directory.history")]
    [TestCase("truncate directory.history")]
    [TestCase("alter table directory.contact disable trigger contact_8_history")]
    [TestCase("insert into directory.council_code (code, council_id) values ('test-0001', gen_random_uuid())")]
    [TestCase("alter table directory.contact disable row level security")]
    [TestCase("drop policy tenant on directory.contact")]
    [TestCase("update directory.council set version = 99")]
    [TestCase("create table directory.test_0001 (id integer)")]
    [TestCase("set role clsm_publisher")]
    [TestCase("set role clsm_owner")]
    public Task The_service_cannot(string sql) => IsRefusedAsync(Database.Service, sql);

    [TestCase("select * from directory.council")]
    [TestCase("select * from directory.contact")]
    [TestCase("select * from directory.change")]
    [TestCase("select * from directory.find_api_key('\\x00')")]
    [TestCase("select * from directory.kept_answer")]
    [TestCase("select * from directory.history")]
    [TestCase("select directory.create_api_key(gen_random_uuid(), 'test-0001', '\\x00', true, '{}', '{}', null)")]
    [TestCase("delete from published.council")]
    [TestCase("create temporary table test_0001 (id integer)")]
    public Task The_national_reader_cannot(string sql) => IsRefusedAsync(Database.Reader, sql);

    [Test]
    public async Task Without_a_council_the_service_sees_no_row()
    {
        foreach (var table in TenantTables)
        {
            Assert.That(await TestCluster.ScalarAsync<long>(Database.Service, $"select count(*) from directory.{table}"), Is.Zero, table);
        }
    }

    [Test]
    public async Task A_row_cannot_be_written_for_another_council()
    {
        var metz = await TestCluster.ScalarAsync<Guid>(Database.Reader, "select id from published.council where code = 'metz'");
        var grenoble = await TestCluster.ScalarAsync<Guid>(Database.Reader, "select id from published.council where code = 'grenoble'");
        await IsRefusedAsync(
            Database.Service,
            $$"""
            select set_config('clsm.council', '{{metz}}', true);
            insert into directory.event (council_id, id, natural_key, statement)
            values ('{{grenoble}}', gen_random_uuid(), 'test-0001', '{"name":"test-0001","kind":"sism"}')
            """);
    }

    private static async Task IsRefusedAsync(string connectionString, string sql)
    {
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => TestCluster.ExecuteAsync(connectionString, sql));

        // The last: a view that cannot be written by anybody.
        Assert.That(refusal!.SqlState, Is.EqualTo(PostgresErrorCodes.InsufficientPrivilege).Or.EqualTo(PostgresErrorCodes.ReadOnlySqlTransaction).Or.EqualTo(PostgresErrorCodes.ObjectNotInPrerequisiteState));
    }
}

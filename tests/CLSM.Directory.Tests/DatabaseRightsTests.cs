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
    [TestCase("set role clsm_recorder")]
    [TestCase("set session authorization postgres")]
    [TestCase("truncate directory.change")]
    [TestCase("truncate directory.event cascade")]
    [TestCase("alter table directory.change disable trigger all")]
    [TestCase("alter table directory.contact no force row level security")]
    [TestCase("drop table directory.event")]
    [TestCase("create policy test_0001 on directory.contact using (true)")]
    [TestCase("create trigger test_0001 before insert on directory.event for each row execute function suppress_redundant_updates_trigger()")]
    [TestCase("create or replace view published.contact as select 1")]
    [TestCase("create schema test_0001")]
    [TestCase("create temporary table test_0001 (id integer)")]
    [TestCase("create table public.test_0001 (id integer)")]
    [TestCase("create extension dblink")]
    [TestCase("create role test_0001")]
    [TestCase("alter role clsm_service bypassrls")]
    [TestCase("alter role clsm_service superuser")]
    [TestCase("grant clsm_owner to clsm_service")]
    [TestCase("create database test_0001")]
    [TestCase("alter system set row_security = off")]
    [TestCase("select * from pg_authid")]
    [TestCase("select * from pg_shadow")]
    [TestCase("select pg_read_file('/etc/passwd')")]
    [TestCase("select pg_ls_dir('.')")]
    [TestCase("select lo_import('/etc/passwd')")]
    [TestCase("copy (select 1) to program 'true'")]
    [TestCase("copy (select 1) to '/tmp/test-0001'")]
    [TestCase("select pg_reload_conf()")]
    [TestCase("set session_replication_role = replica")]
    [TestCase("do language plpgsql $$ begin execute 'set role clsm_owner'; end $$")]
    public Task The_service_cannot(string sql) => IsRefusedAsync(Database.Service, sql);

    [TestCase("select * from directory.council")]
    [TestCase("select * from directory.contact")]
    [TestCase("select * from directory.change")]
    [TestCase("select * from directory.find_api_key('\\x00')")]
    [TestCase("select * from directory.stored_response")]
    [TestCase("select * from directory.history")]
    [TestCase("select directory.create_api_key(gen_random_uuid(), 'test-0001', '\\x00', true, '{}', '{}', null)")]
    [TestCase("delete from published.council")]
    [TestCase("create temporary table test_0001 (id integer)")]
    [TestCase("select * from directory.api_key")]
    [TestCase("select * from directory.api_key_entry")]
    [TestCase("select * from partners.contact")]
    [TestCase("insert into directory.event (council_id) values (gen_random_uuid())")]
    [TestCase("set role clsm_service")]
    [TestCase("set role clsm_publisher")]
    [TestCase("select * from pg_authid")]
    [TestCase("copy (select 1) to program 'true'")]
    [TestCase("select pg_read_file('/etc/passwd')")]
    public Task The_national_reader_cannot(string sql) => IsRefusedAsync(Database.Reader, sql);

    /// <summary>PostgreSQL refuses the query itself, in place of leaving rows out, where somebody asks to pass row security.</summary>
    [Test]
    public Task Without_row_security_the_service_reads_nothing_at_all() => IsRefusedAsync(Database.Service, "set row_security = off; select * from directory.contact");

    [TestCase("clsm_service")]
    [TestCase("clsm_reader")]
    [TestCase("clsm_recorder")]
    [TestCase("clsm_publisher")]
    public async Task No_role_of_the_service_creates_objects_or_reaches_files(string role)
    {
        Assert.That(await TestCluster.ScalarAsync<long>(Database.Owner, $"select count(*) from pg_namespace n where has_schema_privilege('{role}', n.oid, 'create')"), Is.Zero);
        Assert.That(await TestCluster.ScalarAsync<bool>(Database.Owner, $"select has_database_privilege('{role}', current_database(), 'create') or has_database_privilege('{role}', current_database(), 'temporary')"), Is.False);
        foreach (var predefined in new[] { "pg_execute_server_program", "pg_read_server_files", "pg_write_server_files", "pg_read_all_data", "pg_write_all_data", "pg_signal_backend" })
        {
            Assert.That(await TestCluster.ScalarAsync<bool>(Database.Owner, $"select pg_has_role('{role}', '{predefined}', 'member')"), Is.False, predefined);
        }
    }

    /// <summary>What is done with an owner's rights must not look for its tables where a caller can put others.</summary>
    [Test]
    public async Task Whatever_runs_with_other_rights_says_where_its_names_are()
    {
        var open = await TestCluster.ScalarAsync<string?>(
            Database.Owner,
            """
            select coalesce(string_agg(p.oid::regprocedure::text, ', '), '') from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where p.prosecdef and n.nspname in ('directory', 'published', 'partners')
              and not exists (select from unnest(p.proconfig) setting where setting like 'search_path=%')
            """);
        Assert.That(open, Is.Empty);
    }

    [Test]
    public async Task Nobody_but_the_service_finds_keys_and_only_by_their_hash()
    {
        var others = await TestCluster.ScalarAsync<string>(
            Database.Owner,
            """
            select coalesce(string_agg(r.rolname || ' ' || p.proname, ', '), '') from pg_proc p cross join pg_roles r
            where p.pronamespace = 'directory'::regnamespace and p.proname like '%api_key%' and not r.rolsuper
              and r.rolname not in ('clsm_service', 'clsm_owner') and has_function_privilege(r.oid, p.oid, 'execute')
            """);
        Assert.That(others, Is.Empty);
        var shown = await TestCluster.ScalarAsync<long>(Database.Owner, "select count(*) from information_schema.columns where table_schema = 'directory' and table_name = 'api_key_entry' and column_name like '%hash%'");
        Assert.That(shown, Is.Zero);
    }

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

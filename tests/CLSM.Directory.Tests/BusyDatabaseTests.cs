using System.Net;
using CLSM.Directory.Api;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Tests.Hosting;
using Npgsql;

namespace CLSM.Directory.Tests;

/// <summary>Transactions that PostgreSQL gives up, makes wait too long or refuses: done again, or an honest 503; never a 500, never half a write.</summary>
internal sealed class BusyDatabaseTests : DirectoryFixture
{
    private const string Events = "/v1/councils/metz/events";

    protected override Task PrepareAsync() => TestCluster.ExecuteAsync(
        TestCluster.AdministratorOf(Database),
        """
        create sequence directory.test_attempts;
        grant usage on sequence directory.test_attempts to clsm_service;
        -- An event named so fails as often as it says, with the state that it says; sequences are not rolled back.
        create function directory.test_fail() returns trigger language plpgsql as $$
        declare wanted text[] := regexp_match(new.statement ->> 'name', '^test-fail-(\w+)-(\d+)$');
        begin
            if wanted is not null and nextval('directory.test_attempts') <= wanted[2]::integer then
                raise exception 'test-0001' using errcode = wanted[1];
            end if;
            return new;
        end $$;
        create trigger test_0001 before insert on directory.event for each row execute function directory.test_fail();
        """);

    [SetUp]
    public Task BeginAnewAsync() => TestCluster.ExecuteAsync(TestCluster.AdministratorOf(Database), "alter sequence directory.test_attempts restart");

    [TestCase("40001")]
    [TestCase("40P01")]
    public async Task What_was_given_up_for_another_is_done_again_inside(string state)
    {
        var name = $"test-fail-{state}-3";
        (await Metz.PostAsync(Events, $$"""{"name":"{{name}}","kind":"sism"}""", ("Idempotency-Key", $"test-{state}"))).With(HttpStatusCode.Created);
        Assert.That(await CountAsync(name), Is.EqualTo(1));
    }

    [TestCase("40001")]
    [TestCase("40P01")]
    public async Task Doing_it_again_has_a_bound(string state)
    {
        await IsUnavailableAsync(() => Metz.PostAsync(Events, $$"""{"name":"test-fail-{{state}}-100","kind":"sism"}"""), $"test-fail-{state}-100");
        Assert.That(await TestCluster.ScalarAsync<long>(TestCluster.AdministratorOf(Database), "select last_value from directory.test_attempts"), Is.EqualTo(4));
    }

    [TestCase("40001")]
    [TestCase("40P01")]
    public async Task A_whole_document_is_written_again(string state)
    {
        var document = (await Metz.GetAsync("/v1/councils/metz/document")).With(HttpStatusCode.OK);
        var changed = document.Json;
        var events = changed["events"] as System.Text.Json.Nodes.JsonArray ?? [];
        events.Add(System.Text.Json.Nodes.JsonNode.Parse($$"""{"name":"test-fail-{{state}}-2","kind":"sism"}"""));
        changed["events"] = events.DeepClone();
        (await Metz.PutAsync("/v1/councils/metz/document", changed.ToJsonString(), document.ETag)).With(HttpStatusCode.OK);
        Assert.That(await CountAsync($"test-fail-{state}-2"), Is.EqualTo(1));
    }

    [TestCase("53100", TestName = "disk full")]
    [TestCase("53300", TestName = "too many connections")]
    [TestCase("55P03", TestName = "lock not available")]
    [TestCase("57014", TestName = "cancelled")]
    [TestCase("57P01", TestName = "shutting down")]
    public Task Out_of_room_or_of_time_is_unavailable(string state) =>
        IsUnavailableAsync(() => Metz.PostAsync(Events, $$"""{"name":"test-fail-{{state}}-100","kind":"sism"}"""), $"test-fail-{state}-100");

    [Test]
    public async Task A_real_deadlock_is_survived()
    {
        var organisation = (await Metz.PostAsync("/v1/councils/metz/organisations", """{"name":"test-deadlock"}""")).With(HttpStatusCode.Created).Json.Text("id");
        await using var other = new NpgsqlConnection(TestCluster.AdministratorOf(Database));
        await other.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await ExecuteAsync($"set local deadlock_timeout = '30s'; select from directory.organisation where id = '{organisation}' for update");
        var change = Metz.PatchAsync($"/v1/councils/metz/organisations/{organisation}", """{"acronym":"T"}""", "*");
        await UntilWaitingAsync();

        // The service holds the council and waits for the organisation: now the other way round.
        await ExecuteAsync("select from directory.council where code = 'metz' for update");
        await transaction.CommitAsync();
        (await change).With(HttpStatusCode.OK);

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, other, transaction);
            await command.ExecuteNonQueryAsync();
        }
    }

    [TestCase("lock_timeout")]
    [TestCase("statement_timeout")]
    public async Task A_wait_that_is_too_long_ends_as_unavailable(string timeout)
    {
        await using var impatient = new ImpatientService(Database, timeout);
        var (_, secret) = await Keys.CreateAsync("impatient", true, [], null, CancellationToken.None);
        await impatient.StartAsync();
        using var client = new Client(impatient.Address, secret);
        await using var holder = new NpgsqlConnection(TestCluster.AdministratorOf(Database));
        await holder.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("select from directory.council where code = 'metz' for update", holder, transaction))
        {
            await hold.ExecuteNonQueryAsync();
        }

        await IsUnavailableAsync(() => client.PostAsync(Events, """{"name":"test-impatient","kind":"sism"}"""), "test-impatient");
    }

    [TestCase("clsm_service", "statement_timeout")]
    [TestCase("clsm_service", "lock_timeout")]
    [TestCase("clsm_service", "idle_in_transaction_session_timeout")]
    [TestCase("clsm_reader", "statement_timeout")]
    [TestCase("clsm_reader", "lock_timeout")]
    public async Task The_services_roles_wait_no_longer_than_they_may(string role, string setting) =>
        Assert.That(
            await TestCluster.ScalarAsync<bool>(Database.Owner, $"select exists (select from pg_roles r, unnest(r.rolconfig) c where r.rolname = '{role}' and c like '{setting}=%')"),
            Is.True);

    private async Task IsUnavailableAsync(Func<Task<Answer>> write, string name)
    {
        var refused = (await write()).With(HttpStatusCode.ServiceUnavailable);
        Assert.That(refused.Problem, Is.EqualTo("unavailable"));
        Assert.That(refused.Headers["Retry-After"], Is.EqualTo("5"));
        Assert.That(await CountAsync(name), Is.Zero);
    }

    private async Task<int> CountAsync(string name) => (await Anonymous.GetAsync($"{Events}?limit=1000")).Items.Count(item => item.Text("name") == name);

    private async Task UntilWaitingAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (await TestCluster.ScalarAsync<long>(TestCluster.AdministratorOf(Database), "select count(*) from pg_stat_activity where datname = current_database() and usename = 'clsm_service' and wait_event_type = 'Lock'") == 0)
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>A node whose sessions wait for nothing longer than a moment.</summary>
    private sealed class ImpatientService(DirectoryDatabase database, string timeout) : IAsyncDisposable
    {
        private readonly Microsoft.AspNetCore.Builder.WebApplication service = DirectoryApplication.Build(
            database with { Service = new NpgsqlConnectionStringBuilder(database.Service) { Options = $"-c {timeout}=150" }.ConnectionString },
            ["--urls", "http://127.0.0.1:0"]);

        public string Address => service.Urls.First();

        public Task StartAsync() => service.StartAsync();

        public async ValueTask DisposeAsync()
        {
            await service.StopAsync();
            await service.DisposeAsync();
        }
    }
}

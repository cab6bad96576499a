using System.Net;
using CLSM.Directory.Api;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Npgsql;

namespace CLSM.Directory.Tests;

/// <summary>Connections that are not to be had, or are taken away: an honest 503, nothing stored, and everything well again by itself.</summary>
internal sealed class ScarceConnectionsTests : DirectoryFixture
{
    private const string Events = "/v1/councils/metz/events";

    private string Administrators => TestCluster.AdministratorOf(Database);

    [Test]
    public async Task Writes_that_find_no_connection_are_refused_and_those_that_have_one_succeed()
    {
        var narrow = new NpgsqlConnectionStringBuilder(Database.Service) { MaxPoolSize = 2, Timeout = 1 }.ConnectionString;
        await using var node = await NodeAsync(Database with { Service = narrow });
        using var client = new Client(node.Urls.First(), await SecretAsync());
        await using var holder = await HoldMetzAsync();
        var held = new[] { "test-held-1", "test-held-2" }.Select(name => client.PostAsync(Events, Named(name), ("Idempotency-Key", name))).ToList();
        await UntilWaitingAsync(2);

        IsUnavailable(await client.PostAsync(Events, Named("test-none-left")));
        using var anonymous = new Client(node.Urls.First(), null);
        Assert.That((await anonymous.GetAsync(Events)).With(HttpStatusCode.OK).Headers, Does.Not.ContainKey("Age"));
        await holder.DisposeAsync();
        foreach (var write in held)
        {
            (await write).With(HttpStatusCode.Created);
        }

        await AreThereAsync("test-none-left", 0);
        await AreThereAsync("test-held-", 2);
        await node.StopAsync();
    }

    [Test]
    public async Task A_server_that_takes_no_more_connections_is_unavailable_until_it_does()
    {
        await using var node = await NodeAsync(Database);
        using var client = new Client(node.Urls.First(), await SecretAsync());
        var database = new NpgsqlConnectionStringBuilder(Database.Owner).Database;
        await TestCluster.ExecuteAsync(Administrators, $"alter database {database} connection limit 0");
        try
        {
            // What the node holds already would do; after one answer it knows that they are gone, and asks for others.
            await TestCluster.ExecuteAsync(Administrators, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database}' and pid <> pg_backend_pid()");
            IsUnavailable(await client.PostAsync(Events, Named("test-full")));
            IsUnavailable(await client.PostAsync(Events, Named("test-full")));
        }
        finally
        {
            await TestCluster.ExecuteAsync(Administrators, $"alter database {database} connection limit -1");
        }

        (await client.PostAsync(Events, Named("test-full-no-more"))).With(HttpStatusCode.Created);
        await AreThereAsync("test-full", 1);
        await node.StopAsync();
    }

    [Test]
    public async Task A_write_whose_session_is_ended_by_an_administrator_is_refused_whole()
    {
        await using var holder = await HoldMetzAsync();
        var write = Metz.PostAsync(Events, Named("test-ended"));
        await UntilWaitingAsync(1);
        await TestCluster.ExecuteAsync(
            Administrators, "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'clsm_service' and wait_event_type = 'Lock'");
        IsUnavailable(await write);
        await holder.DisposeAsync();
        await AreThereAsync("test-ended", 0);
        (await Metz.PostAsync(Events, Named("test-next"))).With(HttpStatusCode.Created);
    }

    private static string Named(string name) => $$"""{"name":"{{name}}","kind":"sism"}""";

    private static void IsUnavailable(Answer answer) =>
        Assert.That((answer.With(HttpStatusCode.ServiceUnavailable).Problem, answer.Headers["Retry-After"]), Is.EqualTo(("unavailable", "5")));

    private static async Task<WebApplication> NodeAsync(DirectoryDatabase database)
    {
        var node = DirectoryApplication.Build(database, ["--urls", "http://127.0.0.1:0", "--Limits:Requests", "off"]);
        await node.StartAsync();
        return node;
    }

    private async Task<string> SecretAsync() => (await Keys.CreateAsync("scarce", true, [], null, CancellationToken.None)).Secret;

    /// <summary>Nobody writes Metz until it is disposed of.</summary>
    private async Task<NpgsqlConnection> HoldMetzAsync()
    {
        var holder = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Administrators) { Pooling = false }.ConnectionString);
        await holder.OpenAsync();
        await using var hold = new NpgsqlCommand("begin; select from directory.council where code = 'metz' for update", holder);
        await hold.ExecuteNonQueryAsync();
        return holder;
    }

    private async Task UntilWaitingAsync(int writes)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (await TestCluster.ScalarAsync<long>(Administrators, "select count(*) from pg_stat_activity where datname = current_database() and usename = 'clsm_service' and wait_event_type = 'Lock'") < writes)
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    private async Task AreThereAsync(string name, int times) =>
        Assert.That((await Anonymous.GetAsync($"{Events}?limit=1000")).Items.Count(item => item.Text("name").StartsWith(name, StringComparison.Ordinal)), Is.EqualTo(times), name);
}

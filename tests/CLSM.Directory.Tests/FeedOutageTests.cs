using System.Net;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Features.Changes;
using CLSM.Directory.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CLSM.Directory.Tests;

/// <summary>When notifications do not come, or the service goes: nobody is left waiting for what has happened already.</summary>
internal sealed class FeedOutageTests : DirectoryFixture
{
    private const string Listener = "application_name = 'clsm-directory notifications' and datname = current_database()";

    private string Administrators => TestCluster.AdministratorOf(Database);

    [Test]
    public async Task A_node_listens_on_one_connection()
    {
        await UntilAsync(() => Task.FromResult(Service.Services.GetRequiredService<DatabaseNotifications>().IsListening));
        Assert.That(await TestCluster.ScalarAsync<long>(Administrators, $"select count(*) from pg_stat_activity where {Listener}"), Is.EqualTo(1));
    }

    [Test]
    public async Task After_its_connection_was_cut_a_node_hears_what_it_missed_and_listens_again()
    {
        var follower = await FeedFollower.FromNowAsync(Anonymous);
        var waiting = follower.WaitAsync();
        await TestCluster.ExecuteAsync(
            Administrators,
            $$"""
            select pg_terminate_backend(pid) from pg_stat_activity where {{Listener}};
            update directory.governance_body set statement = jsonb_set(statement, '{purpose}', '"test-repaired"') where council_id = (select id from directory.council where code = 'metz')
            """);
        Assert.That((await waiting.WaitAsync(TimeSpan.FromSeconds(20))).With(HttpStatusCode.OK).Items, Is.Not.Empty);
        await UntilAsync(async () => await TestCluster.ScalarAsync<long>(Administrators, $"select count(*) from pg_stat_activity where {Listener}") == 1);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await condition())
        {
            await Task.Delay(10, limit.Token);
        }
    }
}

/// <summary>A node whose way to notifications leads nowhere, as behind a pooler that was not named: slower, and never wrong.</summary>
internal sealed class FeedWithoutNotificationsTests : DirectoryFixture
{
    protected override DirectoryDatabase Reached(DirectoryDatabase database) =>
        database with { Direct = new NpgsqlConnectionStringBuilder(database.Reader) { Database = "test_nowhere" }.ConnectionString };

    [Test]
    public async Task Who_waits_is_woken_all_the_same()
    {
        var follower = await FeedFollower.FromNowAsync(Anonymous);
        var waiting = follower.WaitAsync();
        (await Metz.PostAsync("/v1/councils/metz/events", """{"name":"test-0001","kind":"sism"}""")).With(HttpStatusCode.Created);
        Assert.That((await waiting.WaitAsync(TimeSpan.FromSeconds(20))).With(HttpStatusCode.OK).Items, Is.Not.Empty);
        Assert.That(Service.Services.GetRequiredService<DatabaseNotifications>().IsListening, Is.False);
    }
}

/// <summary>A service that is told to stop while others wait.</summary>
internal sealed class FeedShutdownTests : DirectoryFixture
{
    [Test]
    public async Task When_the_service_stops_who_waits_is_answered_and_streams_end_whole()
    {
        var follower = await FeedFollower.FromNowAsync(Anonymous);
        using var stream = await EventStream.OpenAsync(Service.Urls.First(), $"/v1/changes?after={follower.After}");
        var waiting = follower.WaitAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (Service.Services.GetRequiredService<ChangeFeedLimiter>().Waiting < 2)
        {
            await Task.Delay(5, limit.Token);
        }

        var stopping = Service.StopAsync();
        Assert.That((await waiting.WaitAsync(TimeSpan.FromSeconds(10))).With(HttpStatusCode.OK).Items, Is.Empty);
        await stream.EndAsync();
        await stopping.WaitAsync(TimeSpan.FromSeconds(10));
    }
}

using CLSM.Directory.LocalPostgres.Errors;
using CLSM.Directory.TestSupport;
using Folder = System.IO.Directory;

namespace CLSM.Directory.LocalPostgres.Tests;

[TestFixture]
[Parallelizable]
internal sealed class PersistentClusterTests
{
    [Test]
    public async Task A_second_start_finds_the_data_of_the_first()
    {
        var options = await SeedCluster.CopyAsync();
        await using (var first = await LocalCluster.StartAsync(options, default))
        {
            await SeedCluster.AskAsync<object>(first, "create table kept as select 42 as answer");
        }

        await using var second = await LocalCluster.StartAsync(options, default);
        Assert.That(second.IsNew, Is.False);
        Assert.That(await SeedCluster.AskAsync<int>(second, "select answer from kept"), Is.EqualTo(42));
    }

    [Test]
    public async Task A_disposed_cluster_does_not_run_any_more()
    {
        var cluster = await LocalCluster.StartAsync(await SeedCluster.CopyAsync(), default);
        var server = cluster.ServerProcessId!.Value;

        await cluster.DisposeAsync();
        await cluster.DisposeAsync();

        Assert.That(PostgresProcess.IsRunning(server), Is.False);
    }

    [Test]
    public async Task Reset_begins_anew_with_another_password()
    {
        var options = await SeedCluster.CopyAsync();
        var before = await File.ReadAllTextAsync(Path.Combine(options.Directory!, "connection.json"));

        await using var cluster = await LocalCluster.StartAsync(options with { Reset = true }, default);

        Assert.That(cluster.IsNew);
        Assert.That(await File.ReadAllTextAsync(Path.Combine(options.Directory!, "connection.json")), Is.Not.EqualTo(before));
    }

    [Test]
    public async Task Reset_is_refused_while_another_process_owns_the_cluster()
    {
        var options = await SeedCluster.CopyAsync();
        await using var owner = await LocalCluster.StartAsync(options, default);

        var refusal = await Assert.ThrowsAsync<LocalPostgresException>(
            () => LocalCluster.StartAsync(options with { Reset = true }, default));

        Assert.That(refusal.Message, Does.Contain($"process {Environment.ProcessId}"));
        Assert.That(await SeedCluster.AskAsync<int>(owner, "select 1"), Is.EqualTo(1));
    }

    [Test]
    public async Task Who_comes_second_joins_and_leaves_the_server_running()
    {
        var options = await SeedCluster.CopyAsync();
        await using var owner = await LocalCluster.StartAsync(options, default);

        var guest = await LocalCluster.StartAsync(options, default);
        await guest.DisposeAsync();

        Assert.That((owner.IsShared, guest.IsShared), Is.EqualTo((false, true)));
        Assert.That(guest.AdministrationConnectionString, Is.EqualTo(owner.AdministrationConnectionString));
        Assert.That(guest.ServerProcessId, Is.EqualTo(owner.ServerProcessId));
        Assert.That(await SeedCluster.AskAsync<int>(owner, "select 1"), Is.EqualTo(1));
    }

    [Test]
    public async Task Two_starts_at_the_same_time_share_one_server()
    {
        var options = await SeedCluster.CopyAsync();
        var clusters = await Task.WhenAll(LocalCluster.StartAsync(options, default), LocalCluster.StartAsync(options, default));

        Assert.That(clusters.Count(cluster => cluster.IsShared), Is.EqualTo(1));
        Assert.That(clusters.Select(cluster => cluster.ServerProcessId).Distinct().Count(), Is.EqualTo(1));
        foreach (var cluster in clusters)
        {
            await cluster.DisposeAsync();
        }
    }

    [Test]
    public async Task Data_of_another_major_version_are_left_alone_and_the_message_says_what_to_do()
    {
        var options = await SeedCluster.CopyAsync();
        var version = Path.Combine(options.Directory!, "data", "PG_VERSION");
        await File.WriteAllTextAsync(version, "14\n");

        var refusal = await Assert.ThrowsAsync<LocalPostgresException>(() => LocalCluster.StartAsync(options, default));

        Assert.That(
            refusal.Message, Does.Contain("need PostgreSQL 14").And.Contain("-- --reset").And.Contain("npm: the package is PostgreSQL 18"));
        Assert.That(File.Exists(version));
    }

    [Test]
    public async Task A_directory_with_something_else_in_the_place_of_the_data_is_left_alone()
    {
        var options = SeedCluster.Options(SeedCluster.NewPath());
        var treasure = Path.Combine(options.Directory!, "data", "treasure");
        Folder.CreateDirectory(Path.GetDirectoryName(treasure)!);
        await File.WriteAllTextAsync(treasure, "mine");

        var refusal = await Assert.ThrowsAsync<LocalPostgresException>(
            () => LocalCluster.StartAsync(options with { Reset = true }, default));

        Assert.That(refusal.Message, Does.Contain("is not the data directory"));
        Assert.That(File.Exists(treasure));
    }

    [Test]
    public async Task A_lost_password_is_told_and_not_guessed()
    {
        var options = await SeedCluster.CopyAsync();
        await File.WriteAllTextAsync(Path.Combine(options.Directory!, "connection.json"), "{ half");

        var refusal = await Assert.ThrowsAsync<LocalPostgresException>(() => LocalCluster.StartAsync(options, default));

        Assert.That(refusal.Message, Does.Contain("password").And.Contain("-- --reset"));
    }

    [Test]
    public async Task A_start_that_fails_shows_the_end_of_the_log()
    {
        var options = await SeedCluster.CopyAsync();
        await File.AppendAllTextAsync(Path.Combine(options.Directory!, "data", "postgresql.conf"), "no_such_setting = on\n");

        var refusal = await Assert.ThrowsAsync<LocalPostgresException>(() => LocalCluster.StartAsync(options, default));

        Assert.That(refusal.Message, Does.Contain("unrecognized configuration parameter \"no_such_setting\""));
    }

    [Test]
    public async Task A_cancelled_start_leaves_no_server_and_no_lock()
    {
        var options = await SeedCluster.CopyAsync();
        using var cancellation = new CancellationTokenSource();
        var told = options with { Progress = _ => cancellation.Cancel() };

        await Assert.CatchAsync<OperationCanceledException>(() => LocalCluster.StartAsync(told, cancellation.Token));

        Assert.That(File.Exists(Path.Combine(options.Directory!, "data", "postmaster.pid")), Is.False);
        await using var next = await LocalCluster.StartAsync(options, default);
        Assert.That(next.IsShared, Is.False);
    }
}

using CLSM.Directory.LocalPostgres.Errors;
using CLSM.Directory.TestSupport;
using Folder = System.IO.Directory;

namespace CLSM.Directory.LocalPostgres.Tests;

/// <summary>A killed owner leaves a running server or the files of a stopped one.</summary>
[TestFixture]
[Parallelizable]
internal sealed class AbandonedClusterTests
{
    [Test]
    public async Task A_cluster_whose_owner_was_killed_is_adopted()
    {
        var options = await SeedCluster.CopyAsync();
        var killed = await LocalCluster.StartAsync(options, default);
        killed.Abandon();

        var adopted = await LocalCluster.StartAsync(options, default);

        Assert.That(adopted.ServerProcessId, Is.EqualTo(killed.ServerProcessId));
        Assert.That((adopted.IsShared, adopted.IsNew), Is.EqualTo((false, false)));
        Assert.That(adopted.Origin, Does.Contain("left running"));

        await adopted.DisposeAsync();
        Assert.That(PostgresProcess.IsRunning(killed.ServerProcessId!.Value), Is.False);
    }

    [Test]
    public async Task An_abandoned_server_that_is_careless_with_data_is_restarted_for_a_durable_cluster()
    {
        var options = await SeedCluster.CopyAsync();
        var killed = await LocalCluster.StartAsync(options, default);
        killed.Abandon();

        await using var durable = await LocalCluster.StartAsync(options with { Durable = true }, default);

        Assert.That(durable.ServerProcessId, Is.Not.EqualTo(killed.ServerProcessId));
        Assert.That(await SeedCluster.AskAsync<string>(durable, "show fsync"), Is.EqualTo("on"));
    }

    [Test]
    public async Task Reset_ends_an_abandoned_server()
    {
        var options = await SeedCluster.CopyAsync();
        var killed = await LocalCluster.StartAsync(options, default);
        killed.Abandon();

        await using var anew = await LocalCluster.StartAsync(options with { Reset = true }, default);

        Assert.That(anew.IsNew);
        Assert.That(PostgresProcess.IsRunning(killed.ServerProcessId!.Value), Is.False);
    }

    [Test]
    public async Task A_server_that_answers_to_another_password_is_ended_and_the_loss_is_told()
    {
        var options = await SeedCluster.CopyAsync();
        var killed = await LocalCluster.StartAsync(options, default);
        killed.Abandon();
        File.Delete(Path.Combine(options.Directory!, "connection.json"));

        var refusal = await Assert.ThrowsAsync<LocalPostgresException>(() => LocalCluster.StartAsync(options, default));

        Assert.That(refusal.Message, Does.Contain("password"));
        Assert.That(PostgresProcess.IsRunning(killed.ServerProcessId!.Value), Is.False);
    }

    [TestCase(999_999_999, TestName = "A_stale_postmaster_pid_of_no_process_does_not_block")]
    [TestCase(0, TestName = "A_stale_postmaster_pid_with_the_number_of_another_process_does_not_block")]
    public async Task A_stale_postmaster_pid_does_not_block(int number)
    {
        var options = await SeedCluster.CopyAsync();
        using var bystander = System.Diagnostics.Process.Start("sleep", "30");
        try
        {
            var data = Path.Combine(options.Directory!, "data");
            var id = number == 0 ? bystander.Id : number;
            await File.WriteAllTextAsync(
                Path.Combine(data, "postmaster.pid"), $"{id}\n{data}\n1700000000\n5432\n\n127.0.0.1\n  123456  7\nready   \n");

            await using var cluster = await LocalCluster.StartAsync(options, default);

            Assert.That(await SeedCluster.AskAsync<int>(cluster, "select 1"), Is.EqualTo(1));
            Assert.That(bystander.HasExited, Is.False);
        }
        finally
        {
            bystander.Kill();
        }
    }

    [Test]
    public async Task An_interrupted_initdb_is_done_again()
    {
        var options = SeedCluster.Options(SeedCluster.NewPath());
        Folder.CreateDirectory(Path.Combine(options.Directory!, "data.unfinished", "base"));

        await using var cluster = await LocalCluster.StartAsync(options, default);

        Assert.That(cluster.IsNew);
        Assert.That(Folder.Exists(Path.Combine(options.Directory!, "data.unfinished")), Is.False);
    }
}

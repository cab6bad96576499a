using CLSM.Directory.LocalPostgres.DataDirectories;
using CLSM.Directory.LocalPostgres.Errors;
using CLSM.Directory.LocalPostgres.Providers;
using CLSM.Directory.LocalPostgres.Servers;
using Npgsql;

namespace CLSM.Directory.LocalPostgres.Tests;

/// <summary>Against a stand-in for docker that writes down how it was called.</summary>
[TestFixture]
[Parallelizable]
[Platform(Exclude = "Win")]
internal sealed class ContainerEngineTests
{
    private static readonly ServerRequirements anything = new(Major: null, Container: null, _ => { });

    [Test]
    public async Task Without_an_engine_both_are_named()
    {
        var result = await new ContainerEngine(path: "").ProbeAsync(anything, default);
        Assert.That(result.Reason, Is.EqualTo("docker is not on PATH; podman is not on PATH"));
    }

    [Test]
    public async Task An_engine_that_does_not_answer_is_not_taken()
    {
        var docker = Docker("echo 'Cannot connect to the daemon.' >&2; exit 1");
        var result = await new ContainerEngine(docker).ProbeAsync(anything, default);
        Assert.That(result.Reason, Is.EqualTo("docker does not answer (Cannot connect to the daemon.); podman is not on PATH"));
    }

    [Test]
    public async Task An_image_that_cannot_be_pulled_makes_the_engine_unavailable()
    {
        var docker = Docker("case $1 in image) exit 1;; pull) echo 'no network' >&2; exit 1;; esac");
        var result = await new ContainerEngine(docker).ProbeAsync(anything, default);
        Assert.That(result.Reason, Does.StartWith("docker cannot pull postgres:17-alpine (no network)"));
    }

    [Test]
    public void A_temporary_container_is_removed_by_the_engine_and_has_no_volume()
    {
        var run = ContainerCommand.Run(new ContainerRecord("docker", "postgres:17-alpine", "name", Volume: null), "secret", durable: false);
        Assert.That(string.Join(' ', run.Arguments), Is.EqualTo(
            "run --detach --name name --publish 127.0.0.1::5432 --env POSTGRES_PASSWORD --env POSTGRES_HOST_AUTH_METHOD=scram-sha-256 "
            + "--env POSTGRES_INITDB_ARGS=--auth=scram-sha-256 --encoding=UTF8 --locale=C --rm postgres:17-alpine postgres "
            + "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 -c shared_buffers=128MB"));
    }

    [Test]
    public async Task A_persistent_container_is_run_with_its_volume_stopped_and_removed()
    {
        await using var server = await LocalCluster.StartAsync(await SeedCluster.CopyAsync(), default);
        var reach = new NpgsqlConnectionStringBuilder(server.AdministrationConnectionString);
        var docker = Docker($"""
            case $1 in
                run) echo "password $POSTGRES_PASSWORD" >> "$0.calls";;
                port) echo 127.0.0.1:{reach.Port};;
                inspect) grep -q ^run "$0.calls" && echo true;;
            esac
            """);
        var program = Path.Combine(docker, "docker");
        var options = SeedCluster.Options(SeedCluster.NewPath()) with { Durable = true };
        var record = new ConnectionRecord(1, reach.Password!, new ContainerRecord(program, "postgres:17-alpine", "kept", "kept"));
        ClusterDirectory.Persistent(options.Directory!).WriteConnection(record);

        await using (
            var cluster = await LocalCluster.StartAsync(options, () => ProviderChain.Create([new ContainerEngine(docker)], null), default))
        {
            Assert.That(await SeedCluster.AskAsync<int>(cluster, "select 1"), Is.EqualTo(1));
            Assert.That((cluster.IsNew, cluster.IsShared, cluster.ServerProcessId), Is.EqualTo((false, false, (int?)null)));
        }

        var calls = await File.ReadAllLinesAsync(program + ".calls");
        Assert.That(calls, Is.EqualTo(new[]
        {
            "inspect --format {{.State.Running}} kept", // what a killed owner may have left
            "rm --force --volumes kept",
            "version",
            "image inspect postgres:17-alpine",
            "rm --force --volumes kept",
            "run --detach --name kept --publish 127.0.0.1::5432 --env POSTGRES_PASSWORD --env POSTGRES_HOST_AUTH_METHOD=scram-sha-256 "
                + "--env POSTGRES_INITDB_ARGS=--auth=scram-sha-256 --encoding=UTF8 --locale=C "
                + "--volume kept:/var/lib/postgresql/data postgres:17-alpine postgres",
            $"password {reach.Password}",
            "port kept 5432/tcp",
            "inspect --format {{.State.Running}} kept",
            "stop --time 20 kept",
            "rm --force --volumes kept",
        }));
    }

    [Test]
    public async Task A_container_that_ends_shows_its_log_and_is_removed()
    {
        var docker = Docker("case $1 in port) echo 127.0.0.1:1;; inspect) echo false;; logs) echo 'initdb: no space left';; esac");
        var options = SeedCluster.Options(SeedCluster.NewPath());

        var refusal = await Assert.ThrowsAsync<LocalPostgresException>(
            () => LocalCluster.StartAsync(options, () => ProviderChain.Create([new ContainerEngine(docker)], null), default));

        Assert.That(refusal.Message, Does.Contain("initdb: no space left"));
        Assert.That(File.ReadAllLines(Path.Combine(docker, "docker.calls"))[^1], Does.StartWith("rm --force"));
    }

    private static string Docker(string script) => StandIn.On(SeedCluster.NewPath(), ("docker", script));
}

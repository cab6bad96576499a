using CLSM.Directory.LocalPostgres.DataDirectories;
using CLSM.Directory.LocalPostgres.Errors;
using CLSM.Directory.LocalPostgres.Providers;
using CLSM.Directory.LocalPostgres.Servers;

namespace CLSM.Directory.LocalPostgres.Tests;

[TestFixture]
[Parallelizable]
internal sealed class ProviderChainTests
{
    private static readonly ServerRequirements anything = new(Major: null, Container: null, _ => { });

    [Test]
    public async Task The_first_available_provider_is_used_and_the_others_are_not_probed()
    {
        var (closed, open, last) = (
            new Provider("installed"), new Provider("npm", new Source("npm's")), new Provider("container", new Source("the engine's")));

        var source = await ProviderChain.Create([closed, open, last], selection: null).ChooseAsync(anything, "/home", default);

        Assert.That(source.Origin, Is.EqualTo("npm's"));
        Assert.That((closed.Probes, open.Probes, last.Probes), Is.EqualTo((1, 1, 0)));
    }

    [Test]
    public async Task When_no_provider_is_available_one_message_has_the_reason_of_all_four()
    {
        var chain = ProviderChain.Create([new Provider("installed"), new Provider("npm"), new Provider("container")], selection: null);

        var refusal = await Assert.ThrowsAsync<LocalPostgresException>(() => chain.ChooseAsync(anything, "/home", default));

        Assert.That(refusal.Message.ReplaceLineEndings("\n"), Is.EqualTo("""
            There is no PostgreSQL to be had. What was tried:
              configured: no connection string is configured
              installed: not by installed
              npm: not by npm
              container: not by container
            Configure the connection string of a server, install PostgreSQL 15 or later, install Node.js with npm, or start Docker or Podman.
            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public async Task The_variable_selects_the_providers_and_their_order()
    {
        Provider[] providers = [new("installed", new Source("installed")), new("npm", new Source("npm")), new("container")];

        var source = await ProviderChain.Create(providers, " Container, npm ").ChooseAsync(anything, "/home", default);

        Assert.That(source.Origin, Is.EqualTo("npm"));
        Assert.That(providers.Select(provider => provider.Probes), Is.EqualTo(new[] { 0, 1, 1 }));
    }

    [Test]
    public async Task A_provider_that_was_left_out_is_named_as_such()
    {
        var chain = ProviderChain.Create([new Provider("installed"), new Provider("npm"), new Provider("container")], "npm");
        var refusal = await Assert.ThrowsAsync<LocalPostgresException>(() => chain.ChooseAsync(anything, "/home", default));
        Assert.That(
            refusal.Message, Does.Contain("installed: left out by CLSM_POSTGRES").And.Contain("container: left out by CLSM_POSTGRES"));
    }

    [TestCase("instaled", "installed")]
    [TestCase("npm,docker-container", "container")]
    [TestCase("pnpm", "npm")]
    public void An_unknown_name_is_refused_with_the_nearest_one(string chosen, string nearest) =>
        Assert.That(
            () => ProviderChain.Create([new Provider("installed"), new Provider("npm"), new Provider("container")], chosen),
            Throws.InstanceOf<LocalPostgresException>().With.Message.Contains($"Did you mean \"{nearest}\"?"));

    [Test]
    public async Task Data_in_a_container_are_not_replaced_by_an_empty_cluster_of_installed_programs()
    {
        var container = new ContainerRecord("/usr/bin/podman", "postgres:17-alpine", "clsm-directory-1", "clsm-directory-1");
        var chain = ProviderChain
            .Create([new InstalledPrograms(), new NpmPackage(SeedCluster.NewPath()), new ContainerEngine(path: "")], selection: null);

        var refusal = await Assert.ThrowsAsync<LocalPostgresException>(
            () => chain.ChooseAsync(anything with { Container = container }, "/home", default));

        Assert.That(refusal.Message, Does.Contain(
            "volume clsm-directory-1 of /usr/bin/podman").And.Contain("podman is not on PATH").And.Contain("-- --reset"));
    }

    [Test]
    public async Task A_configured_server_is_used_as_it_is_and_nothing_else_is_looked_for()
    {
        var options = new LocalClusterOptions
        {
            ConnectionString = "Host=db.invalid;Port=6000;Username=admin;Password=secret",
            Directory = "/nowhere/at/all",
        };

        await using var cluster = await LocalCluster
            .StartAsync(options, () => throw new InvalidOperationException("the chain was asked"), default);

        Assert.That(cluster.AdministrationConnectionString, Is.EqualTo(options.ConnectionString));
        Assert.That((cluster.IsShared, cluster.IsNew, cluster.ServerProcessId), Is.EqualTo((true, false, (int?)null)));
        Assert.That(cluster.Origin, Does.Contain("db.invalid:6000").And.Not.Contain("secret"));
    }

    [Test]
    public async Task A_configured_server_that_cannot_be_read_is_told_without_its_password()
    {
        var options = new LocalClusterOptions { ConnectionString = "Host=db;Passwort=secret" };
        var refusal = await Assert.ThrowsAsync<LocalPostgresException>(() => LocalCluster.StartAsync(options, default));
        Assert.That(refusal.ToString(), Does.Contain("configured connection string").And.Not.Contain("secret"));
    }

    private sealed class Provider(string name, IServerSource? source = null) : IPostgresProvider
    {
        public int Probes { get; private set; }

        public string Name => name;

        public Task<ProbeResult> ProbeAsync(ServerRequirements requirements, CancellationToken cancellationToken)
        {
            Probes++;
            return Task.FromResult(source is null ? ProbeResult.Unavailable($"not by {name}") : ProbeResult.Available(source));
        }
    }

    private sealed record Source(string Origin) : IServerSource
    {
        public Task<StartedServer> StartAsync(ClusterDirectory cluster, bool durable, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}

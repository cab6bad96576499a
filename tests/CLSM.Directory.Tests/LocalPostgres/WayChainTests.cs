using CLSM.Directory.LocalPostgres;
using CLSM.Directory.LocalPostgres.Homes;
using CLSM.Directory.LocalPostgres.Servers;
using CLSM.Directory.LocalPostgres.Ways;

namespace CLSM.Directory.Tests.LocalPostgres;

[TestFixture]
[Parallelizable]
internal sealed class WayChainTests
{
    private static readonly Need anything = new(Major: null, Container: null, _ => { });

    [Test]
    public async Task The_first_way_that_is_open_is_taken_and_the_rest_is_not_asked()
    {
        var (closed, open, unasked) = (new Way("installed"), new Way("npm", new Source("npm's")), new Way("container", new Source("the engine's")));

        var source = await WayChain.Of([closed, open, unasked], chosen: null).ChooseAsync(anything, "/home", default);

        Assert.That(source.Origin, Is.EqualTo("npm's"));
        Assert.That((closed.Asked, open.Asked, unasked.Asked), Is.EqualTo((1, 1, 0)));
    }

    [Test]
    public async Task When_no_way_is_open_one_message_has_the_reason_of_all_four()
    {
        var chain = WayChain.Of([new Way("installed"), new Way("npm"), new Way("container")], chosen: null);

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
    public async Task The_variable_chooses_the_ways_and_their_order()
    {
        Way[] ways = [new("installed", new Source("installed")), new("npm", new Source("npm")), new("container")];

        var source = await WayChain.Of(ways, " Container, npm ").ChooseAsync(anything, "/home", default);

        Assert.That(source.Origin, Is.EqualTo("npm"));
        Assert.That(ways.Select(way => way.Asked), Is.EqualTo(new[] { 0, 1, 1 }));
    }

    [Test]
    public async Task A_way_that_was_left_out_is_named_as_such()
    {
        var chain = WayChain.Of([new Way("installed"), new Way("npm"), new Way("container")], "npm");
        var refusal = await Assert.ThrowsAsync<LocalPostgresException>(() => chain.ChooseAsync(anything, "/home", default));
        Assert.That(refusal.Message, Does.Contain("installed: left out by CLSM_POSTGRES").And.Contain("container: left out by CLSM_POSTGRES"));
    }

    [TestCase("instaled", "installed")]
    [TestCase("npm,docker-container", "container")]
    [TestCase("pnpm", "npm")]
    public void An_unknown_word_is_refused_with_the_nearest_one(string chosen, string nearest) =>
        Assert.That(
            () => WayChain.Of([new Way("installed"), new Way("npm"), new Way("container")], chosen),
            Throws.InstanceOf<LocalPostgresException>().With.Message.Contains($"Did you mean \"{nearest}\"?"));

    [Test]
    public async Task Data_in_a_container_are_not_replaced_by_an_empty_cluster_of_installed_programs()
    {
        var container = new ContainerRecord("/usr/bin/podman", "postgres:17-alpine", "clsm-directory-1", "clsm-directory-1");
        var chain = WayChain.Of([new InstalledPrograms(), new NpmPackage(SeedHome.NewPath()), new ContainerEngine(path: "")], chosen: null);

        var refusal = await Assert.ThrowsAsync<LocalPostgresException>(() => chain.ChooseAsync(anything with { Container = container }, "/home", default));

        Assert.That(refusal.Message, Does.Contain("volume clsm-directory-1 of /usr/bin/podman").And.Contain("podman is not on PATH").And.Contain("-- --reset"));
    }

    [Test]
    public async Task A_configured_server_is_used_as_it_is_and_nothing_else_is_looked_for()
    {
        var options = new LocalClusterOptions { ConnectionString = "Host=db.invalid;Port=6000;Username=admin;Password=secret", Directory = "/nowhere/at/all" };

        await using var cluster = await LocalCluster.StartAsync(options, () => throw new InvalidOperationException("the chain was asked"), default);

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

    private sealed class Way(string word, IServerSource? source = null) : IWay
    {
        public int Asked { get; private set; }

        public string Word => word;

        public Task<Finding> LookAsync(Need need, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(source is null ? Finding.Closed($"not by {word}") : Finding.Open(source));
        }
    }

    private sealed record Source(string Origin) : IServerSource
    {
        public Task<StartedServer> StartAsync(ClusterHome home, bool durable, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}

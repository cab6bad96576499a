using System.Net.NetworkInformation;
using System.Runtime.Versioning;
using CLSM.Directory.TestSupport;
using Npgsql;
using Folder = System.IO.Directory;

namespace CLSM.Directory.LocalPostgres.Tests;

[TestFixture]
[Parallelizable]
internal sealed class TemporaryClusterTests
{
    private LocalCluster cluster = null!;
    private string home = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        cluster = await LocalCluster.StartAsync(new LocalClusterOptions { Durable = false }, default);
        home = await HomeOfAsync(cluster);
    }

    [OneTimeTearDown]
    public async Task Stop() => await cluster.DisposeAsync();

    [Test]
    public void It_is_new_and_not_shared() => Assert.That((cluster.IsNew, cluster.IsShared), Is.EqualTo((true, false)));

    [Test]
    public async Task It_is_careless_with_data_and_ready_for_many_connections()
    {
        const string settings =
            "concat_ws(' ', current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes'), "
            + "current_setting('max_connections'), current_setting('shared_buffers'))";
        Assert.That(await SeedCluster.AskAsync<string>(cluster, $"select {settings}"), Is.EqualTo("off off off 200 128MB"));
    }

    [Test]
    public async Task Text_is_utf_8() =>
        Assert.That(await SeedCluster.AskAsync<string>(cluster, "show server_encoding"), Is.EqualTo("UTF8"));

    [Test]
    public async Task The_extensions_and_the_french_collation_are_there()
    {
        await SeedCluster.AskAsync<object>(cluster, "create extension if not exists pg_trgm; create extension if not exists unaccent");
        Assert.That(await SeedCluster.AskAsync<bool>(cluster, "select exists (select from pg_collation where collname = 'fr-x-icu')"));
    }

    [Test]
    public void It_listens_on_loopback_only()
    {
        var port = new NpgsqlConnectionStringBuilder(cluster.AdministrationConnectionString).Port;
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(end => end.Port == port);
        Assert.That(listeners.Select(end => end.Address.ToString()), Is.EqualTo(new[] { "127.0.0.1" }));
    }

    [Test]
    public async Task It_has_no_socket_file() =>
        Assert.That(await SeedCluster.AskAsync<string>(cluster, "show unix_socket_directories"), Is.Empty);

    [Test]
    public void Nobody_gets_in_without_the_password()
    {
        var wrong = new NpgsqlConnectionStringBuilder(cluster.AdministrationConnectionString) { Password = "wrong", Pooling = false };
        using var connection = new NpgsqlConnection(wrong.ConnectionString);
        Assert.That(connection.Open, Throws.InstanceOf<PostgresException>().With.Property("SqlState").EqualTo("28P01"));
    }

    [Test]
    [Platform(Exclude = "Win")]
    [UnsupportedOSPlatform("windows")]
    public void Data_password_and_log_are_closed_to_others()
    {
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.That(File.GetUnixFileMode(Path.Combine(home, "data")), Is.EqualTo(own | UnixFileMode.UserExecute));
        Assert.That(File.GetUnixFileMode(Path.Combine(home, "connection.json")), Is.EqualTo(own));
        Assert.That(File.GetUnixFileMode(Path.Combine(home, "log")), Is.EqualTo(own));
        Assert.That(File.GetUnixFileMode(home) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite), Is.EqualTo(UnixFileMode.None));
    }

    [Test]
    public void The_password_is_in_the_connection_file_and_nowhere_else()
    {
        var password = new NpgsqlConnectionStringBuilder(cluster.AdministrationConnectionString).Password!;
        var found = Folder.EnumerateFiles(home, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is not "lock" && new FileInfo(file).Length < 1_000_000)
            .Where(file => File.ReadAllText(file).Contains(password, StringComparison.Ordinal))
            .Select(Path.GetFileName);
        Assert.That(found, Is.EqualTo(new[] { "connection.json" }));
    }

    [Test]
    [Platform("Linux")]
    public void It_has_a_session_of_its_own()
    {
        // The sixth field of stat; the second, the name, has no blank in it.
        var session = File.ReadAllText($"/proc/{cluster.ServerProcessId}/stat").Split(' ')[5];
        var ours = File.ReadAllText("/proc/self/stat").Split(' ')[5];
        Assert.That(session, Is.Not.EqualTo(ours));
    }

    [Test]
    public async Task Disposed_of_it_leaves_nothing()
    {
        var other = await LocalCluster.StartAsync(new LocalClusterOptions { Durable = false }, default);
        var itsHome = await HomeOfAsync(other);

        await other.DisposeAsync();

        Assert.That(Folder.Exists(itsHome), Is.False);
        Assert.That(PostgresProcess.IsRunning(other.ServerProcessId!.Value), Is.False);
    }

    [Test]
    public async Task One_whose_owner_was_killed_is_removed_by_the_next()
    {
        var killed = await LocalCluster.StartAsync(new LocalClusterOptions { Durable = false }, default);
        var itsHome = await HomeOfAsync(killed);
        killed.Abandon();

        await using var next = await LocalCluster.StartAsync(new LocalClusterOptions { Durable = false }, default);

        Assert.That(Folder.Exists(itsHome), Is.False);
        Assert.That(PostgresProcess.IsRunning(killed.ServerProcessId!.Value), Is.False);
        Assert.That(Folder.Exists(home), "one whose owner lives is left alone");
    }

    private static async Task<string> HomeOfAsync(LocalCluster cluster) =>
        Path.GetDirectoryName((await SeedCluster.AskAsync<string>(cluster, "show data_directory"))!)!;
}

using CLSM.Directory.LocalPostgres.DataDirectories;
using CLSM.Directory.LocalPostgres.Processes;
using CLSM.Directory.LocalPostgres.Providers;
using CLSM.Directory.LocalPostgres.Servers;
using Folder = System.IO.Directory;

namespace CLSM.Directory.LocalPostgres.Tests;

[TestFixture]
[Parallelizable]
internal sealed class InstalledProgramsTests
{
    private static readonly ServerRequirements anything = new(Major: null, Container: null, _ => { });

    [Test]
    public async Task The_newest_major_version_is_taken()
    {
        var result = await ProbeAsync(anything, "15.3", "17.1 (Debian 17.1-1.pgdg120+1)", "16.9");
        Assert.That(result.Source!.Origin, Does.StartWith("PostgreSQL 17.1 from "));
    }

    [Test]
    public async Task Programs_that_fit_the_data_are_preferred_to_newer_ones()
    {
        var result = await ProbeAsync(anything with { Major = 15 }, "17.1", "15.3");
        Assert.That(result.Source!.Origin, Does.StartWith("PostgreSQL 15.3 from "));
    }

    [Test]
    public async Task Programs_that_do_not_fit_the_data_are_named()
    {
        var result = await ProbeAsync(anything with { Major = 16 }, "17.1");
        Assert.That(result.Reason, Does.StartWith("found PostgreSQL 17.1 in "));
    }

    [Test]
    public async Task A_version_before_15_is_not_taken()
    {
        var result = await ProbeAsync(anything, "14.12");
        Assert.That(result.Reason, Does.Contain("PostgreSQL 14.12").And.Contain("older than 15"));
    }

    [Test]
    public async Task A_client_without_initdb_is_not_taken()
    {
        var directory = Programs("postgres");
        var result = await new InstalledPrograms(() => [directory], (_, _) => Task.FromResult(Says("16.1"))).ProbeAsync(anything, default);
        Assert.That(result.Reason, Is.EqualTo($"PostgreSQL 16.1 in {directory} has no initdb"));
    }

    [Test]
    public async Task Without_any_the_reason_says_where_was_looked()
    {
        var result = await new InstalledPrograms(() => [], (_, _) => Task.FromResult(Says("16.1"))).ProbeAsync(anything, default);
        Assert.That(result.Reason, Is.EqualTo("no PostgreSQL 15 or later on PATH or in the usual places"));
    }

    [Test]
    public void A_well_known_path_with_a_star_matches_every_installed_version()
    {
        var root = SeedCluster.NewPath();
        Folder.CreateDirectory(Path.Combine(root, "15", "bin"));
        Folder.CreateDirectory(Path.Combine(root, "16", "bin"));
        Folder.CreateDirectory(Path.Combine(root, "17", "lib"));

        Assert.That(WellKnownPaths.Expand(
            Path.Combine(root, "*", "bin")), Is.EquivalentTo(new[] { Path.Combine(root, "15", "bin"), Path.Combine(root, "16", "bin") }));
        Assert.That(WellKnownPaths.Expand(Path.Combine(root, "none", "*", "bin")), Is.Empty);
    }

    [TestCase("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", 15)]
    [TestCase("postgres (PostgreSQL) 18beta2", 18)]
    [TestCase("something else", null)]
    public void A_version_is_read_from_the_output_of_the_programs(string output, int? major) =>
        Assert.That(PostgresVersion.Parse(output)?.Major, Is.EqualTo(major));

    [Test]
    public void Two_checkouts_have_two_directories_and_one_has_always_the_same()
    {
        var directory = LocalClusterOptions.DirectoryFor("/src/one/project");
        Assert.That(LocalClusterOptions.DirectoryFor("/src/one/project/"), Is.EqualTo(directory));
        Assert.That(LocalClusterOptions.DirectoryFor("/src/two/project"), Is.Not.EqualTo(directory));
        Assert.That(Path.GetFileName(directory), Does.Match("^project-[0-9a-f]{12}$"));
    }

    private static async Task<ProbeResult> ProbeAsync(ServerRequirements requirements, params string[] versions)
    {
        var directories = versions.ToDictionary(_ => Programs("postgres", "initdb", "pg_ctl"));
        return await new InstalledPrograms(() => directories.Keys, (directory, _) => Task.FromResult(Says(directories[directory])))
            .ProbeAsync(requirements, default);
    }

    private static CommandOutput Says(string version) => new(0, $"postgres (PostgreSQL) {version}\n", "");

    private static string Programs(params string[] programs)
    {
        var directory = SeedCluster.NewPath();
        FilePermissions.CreateReadableDirectory(directory);
        foreach (var program in programs)
        {
            File.WriteAllText(ProgramPath.In(directory, program), "");
        }

        return directory;
    }
}

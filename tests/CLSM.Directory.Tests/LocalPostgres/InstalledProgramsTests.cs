using CLSM.Directory.LocalPostgres;
using CLSM.Directory.LocalPostgres.Homes;
using CLSM.Directory.LocalPostgres.Processes;
using CLSM.Directory.LocalPostgres.Servers;
using CLSM.Directory.LocalPostgres.Ways;
using Folder = System.IO.Directory;

namespace CLSM.Directory.Tests.LocalPostgres;

[TestFixture]
[Parallelizable]
internal sealed class InstalledProgramsTests
{
    private static readonly Need anything = new(Major: null, Container: null, _ => { });

    [Test]
    public async Task The_newest_major_version_is_taken()
    {
        var finding = await LookAsync(anything, "15.3", "17.1 (Debian 17.1-1.pgdg120+1)", "16.9");
        Assert.That(finding.Source!.Origin, Does.StartWith("PostgreSQL 17.1 from "));
    }

    [Test]
    public async Task Programs_that_fit_the_data_are_preferred_to_newer_ones()
    {
        var finding = await LookAsync(anything with { Major = 15 }, "17.1", "15.3");
        Assert.That(finding.Source!.Origin, Does.StartWith("PostgreSQL 15.3 from "));
    }

    [Test]
    public async Task Programs_that_do_not_fit_the_data_are_named()
    {
        var finding = await LookAsync(anything with { Major = 16 }, "17.1");
        Assert.That(finding.WhyNot, Does.StartWith("found PostgreSQL 17.1 in "));
    }

    [Test]
    public async Task A_version_before_15_is_not_taken()
    {
        var finding = await LookAsync(anything, "14.12");
        Assert.That(finding.WhyNot, Does.Contain("PostgreSQL 14.12").And.Contain("older than 15"));
    }

    [Test]
    public async Task A_client_without_initdb_is_not_taken()
    {
        var directory = Programs("postgres");
        var finding = await new InstalledPrograms(() => [directory], (_, _) => Task.FromResult(Says("16.1"))).LookAsync(anything, default);
        Assert.That(finding.WhyNot, Is.EqualTo($"PostgreSQL 16.1 in {directory} has no initdb"));
    }

    [Test]
    public async Task Without_any_the_reason_says_where_was_looked()
    {
        var finding = await new InstalledPrograms(() => [], (_, _) => Task.FromResult(Says("16.1"))).LookAsync(anything, default);
        Assert.That(finding.WhyNot, Is.EqualTo("no PostgreSQL 15 or later on PATH or in the usual places"));
    }

    [Test]
    public void A_usual_place_with_a_star_stands_for_every_version_that_is_there()
    {
        var root = SeedHome.NewPath();
        Folder.CreateDirectory(Path.Combine(root, "15", "bin"));
        Folder.CreateDirectory(Path.Combine(root, "16", "bin"));
        Folder.CreateDirectory(Path.Combine(root, "17", "lib"));

        Assert.That(UsualPlaces.Expand(Path.Combine(root, "*", "bin")), Is.EquivalentTo(new[] { Path.Combine(root, "15", "bin"), Path.Combine(root, "16", "bin") }));
        Assert.That(UsualPlaces.Expand(Path.Combine(root, "none", "*", "bin")), Is.Empty);
    }

    [TestCase("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", 15)]
    [TestCase("postgres (PostgreSQL) 18beta2", 18)]
    [TestCase("something else", null)]
    public void A_version_is_read_from_the_programs_words(string words, int? major) =>
        Assert.That(PostgresVersion.Parse(words)?.Major, Is.EqualTo(major));

    [Test]
    public void Two_checkouts_have_two_places_and_one_has_always_the_same()
    {
        var place = LocalClusterOptions.DirectoryFor("/src/one/project");
        Assert.That(LocalClusterOptions.DirectoryFor("/src/one/project/"), Is.EqualTo(place));
        Assert.That(LocalClusterOptions.DirectoryFor("/src/two/project"), Is.Not.EqualTo(place));
        Assert.That(Path.GetFileName(place), Does.Match("^project-[0-9a-f]{12}$"));
    }

    private static async Task<Finding> LookAsync(Need need, params string[] versions)
    {
        var directories = versions.ToDictionary(_ => Programs("postgres", "initdb", "pg_ctl"));
        return await new InstalledPrograms(() => directories.Keys, (directory, _) => Task.FromResult(Says(directories[directory]))).LookAsync(need, default);
    }

    private static Output Says(string version) => new(0, $"postgres (PostgreSQL) {version}\n", "");

    private static string Programs(params string[] programs)
    {
        var directory = SeedHome.NewPath();
        Access.MakeReadable(directory);
        foreach (var program in programs)
        {
            File.WriteAllText(ProgramPath.In(directory, program), "");
        }

        return directory;
    }
}

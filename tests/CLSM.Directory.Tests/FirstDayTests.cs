using System.Diagnostics;
using System.Net;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>The programs of <c>openapi/examples</c>, as anybody starts them, against the service: both languages do and say the same.</summary>
internal sealed class FirstDayTests : DirectoryFixture
{
    private static readonly string Examples = Path.Combine(ContractTests.Checkout(), "openapi", "examples");

    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("clsm-examples-").FullName;
    private readonly Dictionary<string, Task<(int Code, string Output, string Error)>> runs = [];

    [OneTimeSetUp]
    public async Task BeginAsync()
    {
        // More councils of the region than a page has.
        for (var number = 1; number <= 3; number++)
        {
            (await Administrator.PutAsync(
                $"/v1/councils/test-{number}/document",
                $$"""{"code":"test-{{number}}","kind":"clsm","name":"test-{{number}}","status":"active","territory":{"parts":[{"type":"commune","code":"38421"}]} }""",
                null)).With(HttpStatusCode.Created);
        }

        // The programs are compiled beside each other; of the coordinators one goes first, or each would change what the other has read.
        var coordinator = Run("coordinator.sh");
        runs["coordinator.sh"] = coordinator;
        foreach (var program in new[] { "agency.sh", "partner.sh", "agency.cs", "partner.cs" })
        {
            runs[program] = Run(program);
        }

        runs["coordinator.cs"] = coordinator.ContinueWith(_ => Run("coordinator.cs"), TaskScheduler.Default).Unwrap();
    }

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        await Task.WhenAll(runs.Values);
        System.IO.Directory.Delete(folder, recursive: true);
    }

    [TestCase("sh")]
    [TestCase("cs")]
    public async Task An_agency_filters_goes_through_the_pages_exports_and_follows(string language)
    {
        var output = await OutputAsync("agency", language);
        Assert.That(output[..4], Is.EqualTo(new[]
        {
            "grenoble: Conseil Local de Santé Mentale (Ville de Grenoble) (active)", "test-1: test-1 (active)", "test-2: test-2 (active)", "test-3: test-3 (active)",
        }));
        Assert.That(output[4], Does.Match("^contacts.csv: [1-9][0-9]+ bytes$"));
        Assert.That(output[5], Is.EqualTo("0 changes since the export"));
    }

    [TestCase("sh")]
    [TestCase("cs")]
    public async Task A_partner_finds_the_council_of_a_commune_and_embeds_it(string language)
    {
        var output = await OutputAsync("partner", language);
        Assert.That(output[0], Is.EqualTo("Grenoble (38185): 1 council(s)"));
        Assert.That(output[1], Does.EndWith(": +33476034352, clsm@grenoble.fr"));
        var page = output[2].Split('"')[1];
        Assert.That(output[2], Does.StartWith("<iframe src="));
        Assert.That((await Anonymous.GetAsync(new Uri(page).PathAndQuery)).With(HttpStatusCode.OK).Body, Does.Contain("Conseil Local de Santé Mentale"));
    }

    [TestCase("sh")]
    [TestCase("cs")]
    public async Task A_coordinator_checks_a_sheet_imports_it_and_corrects_a_contact(string language)
    {
        var output = await OutputAsync("coordinator", language);
        var changed = language == "sh" ? "/objectives" : "/contacts/Coordination fictive";
        Assert.That(output[..2], Is.EqualTo(new[] { $"checked: sandbox changed {changed}", $"imported: sandbox changed {changed}" }));
        Assert.That(output[2], Does.Match(@"^corrected: Coordination fictive \+33199000003 \(version [0-9]+\)$"));
        Assert.That((await Anonymous.GetAsync("/v1/councils/sandbox/contacts")).Items[0]!["phones"]!.ToJsonString(), Does.Contain("33199000003"));
    }

    [Test]
    public async Task A_partner_who_gives_a_postcode_hears_which_code_was_meant()
    {
        var (code, _, error) = await Run("partner.sh", "38000");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain("38185"));
    }

    [Test]
    public async Task The_sheet_of_the_programs_is_the_one_of_the_contract() =>
        Assert.That(
            await File.ReadAllTextAsync(Path.Combine(Examples, "sheet.ndjson")),
            Is.EqualTo((await Anonymous.GetAsync("/openapi/v1.json")).Json["components"]!["examples"]!["sandboxSheetNdjson"].Text("value")));

    [Test]
    public void Every_program_is_short_enough_to_read()
    {
        foreach (var file in System.IO.Directory.EnumerateFiles(Examples).Where(file => Path.GetExtension(file) is ".sh" or ".cs"))
        {
            Assert.That(File.ReadAllLines(file), Has.Length.LessThan(60), file);
        }
    }

    private async Task<string[]> OutputAsync(string program, string language)
    {
        var (code, output, error) = await runs[$"{program}.{language}"];
        Assert.That(code, Is.Zero, error);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd())];
    }

    private async Task<(int Code, string Output, string Error)> Run(string program, params string[] arguments)
    {
        var path = Path.Combine(Examples, program);
        var address = Service.Urls.First();
        var isShell = program.EndsWith(".sh", StringComparison.Ordinal);
        if (isShell && new[] { "bash", "curl", "jq" }.FirstOrDefault(needed => !IsInstalled(needed)) is { } missing)
        {
            var how = $"No {missing} on the PATH: apt-get install {missing} (Debian).";
            if (Environment.GetEnvironmentVariable("CI") == "true")
            {
                Assert.Fail(how);
            }

            Assert.Ignore(how);
        }

        var start = new ProcessStartInfo(isShell ? "bash" : "dotnet", isShell ? [path, address, .. arguments] : ["run", path, "--", address, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = System.IO.Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("N"))).FullName,
        };

        // As from a shell: this process was itself started by a build.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    private static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(place => File.Exists(Path.Combine(place, program)) || File.Exists(Path.Combine(place, $"{program}.exe")));
}

using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>What a newcomer reads is there, is true, and works when it is pasted.</summary>
internal sealed partial class GuideTests : DirectoryFixture
{
    [Test]
    public async Task Every_code_of_a_problem_has_its_page_in_both_languages()
    {
        foreach (var code in ProblemCatalogue.Codes)
        {
            var page = (await Anonymous.GetAsync($"/problems/{code}")).With(HttpStatusCode.OK).Body;
            Assert.That(WebUtility.HtmlDecode(page), Does.Contain(ProblemCatalogue.Form(code, false).Detail).And.Contain(ProblemCatalogue.Form(code, true).Detail), code);
        }

        var all = (await Anonymous.GetAsync("/problems")).With(HttpStatusCode.OK).Body;
        Assert.That(ProblemCatalogue.Codes, Has.All.Matches<string>(code => all.Contains($"href=\"/problems/{code}\"", StringComparison.Ordinal)));
    }

    [Test]
    public async Task The_type_of_a_problem_is_the_address_of_its_page()
    {
        var problem = (await Anonymous.GetAsync("/v1/councils?statut=active")).With(HttpStatusCode.BadRequest).Json;
        Assert.That((await Anonymous.GetAsync(problem.Text("type"))).With(HttpStatusCode.OK).Body, Does.Contain("unknown-parameter").And.Contain("&quot;closest&quot;: &quot;status&quot;"));
    }

    [TestCase("/problems/not-fond", "not-found")]
    [TestCase("/guides/agence", "agency")]
    public async Task An_unknown_page_names_the_closest(string address, string closest) =>
        Assert.That((await Anonymous.GetAsync(address)).With(HttpStatusCode.NotFound).Body, Does.Contain($"<code>{closest}</code>"));

    [Test]
    public async Task A_page_refuses_words_that_it_does_not_know() =>
        Assert.That((await Anonymous.GetAsync("/changelog?langue=fr")).With(HttpStatusCode.BadRequest).Body, Does.Contain("<code>lang</code>"));

    [Test]
    public async Task The_contract_leads_to_every_first_step()
    {
        var contract = (await Anonymous.GetAsync("/openapi/v1.json")).With(HttpStatusCode.OK).Json;
        var links = Links().Matches(contract["info"]!.Text("description")).Select(link => link.Groups[1].Value).ToList();
        Assert.That(links, Is.SupersetOf(new[] { "/guides/agency", "/guides/partner", "/guides/coordinator", "/problems", "/changelog", "/embed" }));
        foreach (var link in links)
        {
            (await Anonymous.GetAsync(link)).With(HttpStatusCode.OK);
        }
    }

    [TestCase("agency", "councils.ndjson")]
    [TestCase("partner", null)]
    [TestCase("coordinator", "sheet.csv")]
    public async Task First_steps_work_as_they_are_pasted(string reader, string? file)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("clsm-first-steps-").FullName;
        try
        {
            var page = (await Anonymous.GetAsync($"/guides/{reader}?lang=en")).With(HttpStatusCode.OK).Body;
            var commands = Commands().Matches(page).Select(command => WebUtility.HtmlDecode(command.Groups[1].Value)).ToList();
            Assert.That(commands, Has.Count.EqualTo(3));
            foreach (var command in commands)
            {
                Assert.That(await RunAsync(command, folder), Is.Not.Empty, command);
            }

            Assert.That(file is null || new FileInfo(Path.Combine(folder, file)).Length > 0);
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What a shell prints; a command that fails is a failure.</summary>
    private static async Task<string> RunAsync(string command, string folder)
    {
        foreach (var needed in new[] { "bash", "curl", "jq" })
        {
            if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(place => File.Exists(Path.Combine(place, needed))))
            {
                var how = $"No {needed} on the PATH: apt-get install {needed} (Debian).";
                if (Environment.GetEnvironmentVariable("CI") == "true")
                {
                    Assert.Fail(how);
                }

                Assert.Ignore(how);
            }
        }

        using var shell = Process.Start(new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", command]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await shell.WaitForExitAsync();
        Assert.That(shell.ExitCode, Is.Zero, $"{command}\n{await error}");
        return await output;
    }

    [GeneratedRegex(@"\]\((/[^)]*)\)")]
    private static partial Regex Links();

    [GeneratedRegex("<pre class=\"clsm-code\"[^>]*><code>(.*?)</code></pre>", RegexOptions.Singleline)]
    private static partial Regex Commands();
}

using System.Net;
using System.Text.Json.Nodes;
using CLSM.Directory.Api.Features.Imports;
using CLSM.Directory.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CLSM.Directory.Tests;

/// <summary>Which council took the place of which: they exist, and following them ends.</summary>
internal sealed class SuccessionTests : DirectoryFixture
{
    [TestCase("successors")]
    [TestCase("predecessors")]
    public async Task A_council_cannot_succeed_itself(string member)
    {
        var code = await CouncilAsync();
        Assert.That((await PatchAsync(code, member, code)).With(HttpStatusCode.UnprocessableEntity).Error($"/{member}/0").Text("code"), Is.EqualTo("own-successor"));

        // Nor under a code that it had.
        (await Administrator.PatchAsync($"/v1/councils/{code}", $$"""{"code":"{{code}}-now"}""", "*")).With(HttpStatusCode.OK);
        Assert.That((await PatchAsync($"{code}-now", member, code)).With(HttpStatusCode.UnprocessableEntity).Error($"/{member}/0").Text("code"), Is.EqualTo("succession-loop"));
    }

    [TestCase("successors")]
    [TestCase("predecessors")]
    public async Task A_council_that_never_was_is_refused_everywhere_with_the_closest(string member)
    {
        var code = await CouncilAsync();
        var statement = $$"""{"code":"{{code}}-new","kind":"clsm","name":"test-0001","status":"active","{{member}}":["metz","grenobel"]}""";
        foreach (var refused in new[]
        {
            await PatchAsync(code, member, "metz", "grenobel"),
            await Administrator.PostAsync("/v1/councils", statement),
            await Administrator.PutAsync($"/v1/councils/{code}-new/document", statement, null),
            await Administrator.PutAsync($"/v1/councils/{code}/document", statement.Replace("-new", "", StringComparison.Ordinal), "*"),
        })
        {
            var error = refused.With(HttpStatusCode.UnprocessableEntity).Error($"/{member}/1");
            Assert.That((error.Text("code"), error.Text("closest")), Is.EqualTo(("unknown-council", "grenoble")));
        }

        var report = (await Anonymous.PostAsync("/v1/validations", statement)).With(HttpStatusCode.OK).Json;
        Assert.That(report["items"]![0]!["problems"]![0].Text("pointer"), Is.EqualTo($"/{member}/1"));
        var (_, _, refusal) = await Service.Services.GetRequiredService<DocumentImport>().ImportAsync(System.Text.Encoding.UTF8.GetBytes(statement), CancellationToken.None);
        Assert.That(refusal!.Errors.Single().Code, Is.EqualTo("unknown-council"));
        (await Anonymous.GetAsync($"/v1/councils/{code}-new")).With(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task A_council_that_was_removed_or_renamed_can_be_named()
    {
        var (code, removed, renamed) = (await CouncilAsync(), await CouncilAsync(), await CouncilAsync());
        (await Administrator.DeleteAsync($"/v1/councils/{removed}?reason=error", "*")).With(HttpStatusCode.NoContent);
        (await Administrator.PatchAsync($"/v1/councils/{renamed}", $$"""{"code":"{{renamed}}-now"}""", "*")).With(HttpStatusCode.OK);
        (await PatchAsync(code, "predecessors", removed, renamed)).With(HttpStatusCode.OK);
    }

    [Test]
    public async Task Three_councils_cannot_succeed_each_other_in_a_circle()
    {
        var (a, b, c) = (await CouncilAsync(), await CouncilAsync(), await CouncilAsync());
        (await PatchAsync(a, "successors", b)).With(HttpStatusCode.OK);
        (await PatchAsync(c, "predecessors", b)).With(HttpStatusCode.OK);
        Assert.That((await PatchAsync(c, "successors", "metz", a)).With(HttpStatusCode.UnprocessableEntity).Error("/successors/1").Text("code"), Is.EqualTo("succession-loop"));
        Assert.That((await PatchAsync(a, "predecessors", c)).With(HttpStatusCode.UnprocessableEntity).Error("/predecessors/0").Text("code"), Is.EqualTo("succession-loop"));

        // Under a new code as under the old one.
        (await Administrator.PatchAsync($"/v1/councils/{a}", $$"""{"code":"{{a}}-now"}""", "*")).With(HttpStatusCode.OK);
        (await PatchAsync(c, "successors", $"{a}-now")).With(HttpStatusCode.UnprocessableEntity);
        (await PatchAsync(c, "successors", a)).With(HttpStatusCode.UnprocessableEntity);

        // What is taken back no longer counts.
        (await Administrator.PatchAsync($"/v1/councils/{a}-now", """{"successors":null}""", "*")).With(HttpStatusCode.OK);
        (await PatchAsync(c, "successors", a)).With(HttpStatusCode.OK);
    }

    [Test]
    public async Task Both_sides_may_say_the_same()
    {
        var (a, b) = (await CouncilAsync(), await CouncilAsync());
        (await PatchAsync(a, "successors", b)).With(HttpStatusCode.OK);
        (await PatchAsync(b, "predecessors", a)).With(HttpStatusCode.OK);
        (await PatchAsync(a, "successors", b, "metz")).With(HttpStatusCode.OK);
    }

    [Test]
    public async Task The_addresses_of_merged_councils_lead_to_the_last_successor()
    {
        var (a, b, c) = (await CouncilAsync(), await CouncilAsync(), await CouncilAsync());
        (await Administrator.PatchAsync($"/v1/councils/{b}", $$"""{"status":"merged","successors":["{{c}}"]}""", "*")).With(HttpStatusCode.OK);
        (await Administrator.PatchAsync($"/v1/councils/{a}", $$"""{"status":"merged","successors":["{{b}}"]}""", "*")).With(HttpStatusCode.OK);
        (await Administrator.PatchAsync($"/v1/councils/{c}", $$"""{"code":"{{c}}-now"}""", "*")).With(HttpStatusCode.OK);
        var address = $"/v1/councils/{a}";
        var answer = await Anonymous.GetAsync(address);
        for (var hops = 0; answer.Headers.TryGetValue("Location", out var next) && hops < 10; hops++)
        {
            answer = await Anonymous.GetAsync(next);
        }

        Assert.That(answer.With(HttpStatusCode.OK).Json.Text("code"), Is.EqualTo($"{c}-now"));
        Assert.That((await Anonymous.GetAsync($"{address}/document")).With(HttpStatusCode.OK).Json.Text("status"), Is.EqualTo("merged"), "its history stays readable");
    }

    [Test]
    public async Task Two_councils_that_merge_into_each_other_at_once_do_not_both_succeed()
    {
        for (var round = 0; round < 5; round++)
        {
            var (a, b) = (await CouncilAsync(), await CouncilAsync());
            var answers = await Task.WhenAll(PatchAsync(a, "successors", b), PatchAsync(b, "successors", a));
            Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.OK), Is.EqualTo(1), string.Join('\n', answers.Select(answer => answer.Body)));
            Assert.That((int)answers.Single(answer => answer.Status != HttpStatusCode.OK).Status, Is.EqualTo(422).Or.EqualTo(409));
        }
    }

    [Test]
    public async Task The_database_refuses_a_circle_by_itself()
    {
        var (a, b) = (await CouncilAsync(), await CouncilAsync());
        (await PatchAsync(a, "successors", b)).With(HttpStatusCode.OK);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => TestCluster.ExecuteAsync(
            TestCluster.AdministratorOf(Database), $$"""update directory.council set statement = statement || '{"successors":["{{a}}"]}' where code = '{{b}}'"""));
        Assert.That(refusal!.ConstraintName, Is.EqualTo("succession_no_loop"));
    }

    [Test]
    public async Task Councils_that_name_each_other_are_taken_in_together()
    {
        var (a, b) = ($"test-{Guid.NewGuid():N}", $"test-{Guid.NewGuid():N}");
        string Document(string code, string status, string member, string other) => $$"""{"code":"{{code}}","kind":"clsm","name":"test-0001","status":"{{status}}","{{member}}":["{{other}}"]}""";
        var documents = new[] { Document(a, "merged", "successors", b), Document(b, "active", "predecessors", a) };
        foreach (var document in documents)
        {
            var (_, _, refusal) = await Service.Services.GetRequiredService<DocumentImport>().ImportAsync(
                System.Text.Encoding.UTF8.GetBytes(document), DocumentImport.FromFile with { Alongside = new HashSet<string> { a, b } }, CancellationToken.None);
            Assert.That(refusal, Is.Null);
        }

        // The code of the one was not there yet when the other named it.
        Assert.That((await PatchAsync(b, "successors", a)).With(HttpStatusCode.UnprocessableEntity).Error("/successors/0").Text("code"), Is.EqualTo("succession-loop"));
    }

    private async Task<string> CouncilAsync()
    {
        var code = $"test-{Guid.NewGuid():N}";
        (await Administrator.PostAsync("/v1/councils", $$"""{"code":"{{code}}","kind":"clsm","name":"test-0001","status":"active"}""")).With(HttpStatusCode.Created);
        return code;
    }

    private Task<Answer> PatchAsync(string council, string member, params string[] codes) =>
        Administrator.PatchAsync($"/v1/councils/{council}", new JsonObject { [member] = new JsonArray([.. codes.Select(code => (JsonNode)code)]) }.ToJsonString(), "*");
}

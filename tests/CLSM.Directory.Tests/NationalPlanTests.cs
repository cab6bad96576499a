using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CLSM.Directory.Tests;

/// <summary>At 30,000 made-up councils, every filter of every collection is answered by indexes: the statements that are really sent are explained.</summary>
internal sealed class NationalPlanTests : DirectoryFixture
{
    private const int Councils = 30_000;

    private static readonly string[] Collections = ["councils", "governance-bodies", "working-groups", "organisations", "contacts", "events"];

    /// <summary>What every collection is asked; some of it finds few, some of it most.</summary>
    private static readonly string[] Everywhere =
    [
        "region=44", "region=44,84", "department=57", "epci=200039865", "commune=57463", "commune=57463,38185,75056&status=active", "near=49.12,6.17", "near=45.19,5.72&radius=200",
        "council=test-00001,test-29999", "status=active", "status=paused,closed", "theme=housing", "carrier=ccas", "carrier=siren:000000018", "category=ccas", "category=justice,police",
        "identifier=siren:000000018,siret:00000000000000", "updatedSince=2026-01-01", "updatedSince=2001-01-01", "q=lot17", "q=test%2012345", "q=%C3%A9preuve", "region=44&status=active&theme=prevention&category=ccas",
        "sort=updatedAt", "sort=-name", "sort=-updatedAt&region=44",
    ];

    private static readonly Dictionary<string, string[]> Own = new()
    {
        ["councils"] = ["kind=cosm", "missing=website", "missing=purpose,foundation", "missing=contacts", "missing=events,website", "sort=-code", "expand=contacts,organisations,events&limit=200", "q=groupe17"],
        ["governance-bodies"] = ["type=bureau", "openness=open", "missing=openness", "missing=purpose"],
        ["working-groups"] = ["kind=class", "missing=themes", "missing=status"],
        ["organisations"] = ["role=carrier", "missing=category", "missing=website"],
        ["contacts"] = ["function=coordinator", "missing=phones"],
        ["events"] = ["kind=debate", "missing=recurrence"],
    };

    private readonly StatementRecorder recorder = new();

    private static IEnumerable<TestCaseData> Questions =>
        from collection in Collections
        from question in Everywhere.Concat(Own[collection])
        let own = collection == "working-groups" ? question.Replace("paused,closed", "ended,suspended", StringComparison.Ordinal) : question
        select new TestCaseData($"/v1/{collection}?{own}").SetArgDisplayNames($"{collection}?{own}");

    protected override Task PrepareAsync() => ManyCouncils.LoadAsync(Database, Councils);

    protected override void Adjust(WebApplicationBuilder builder) =>
        builder.Services.ConfigureDbContext<PublishedDbContext>(options => options.AddInterceptors(recorder));

    [TestCaseSource(nameof(Questions))]
    public async Task No_filter_reads_a_whole_table(string question)
    {
        recorder.Take();
        var watch = Stopwatch.StartNew();
        var answer = (await Anonymous.GetAsync(question)).With(HttpStatusCode.OK);
        TestContext.Out.WriteLine($"TIME {watch.ElapsedMilliseconds} ms, total {answer.Json["page"]!["total"]} {question}");
        foreach (var (sql, parameters) in recorder.Take())
        {
            var plan = await ExplainAsync(sql, parameters);
            Assert.That(WholeReads(plan), Is.Empty, $"{sql}\n{plan.ToJsonString()}");
        }
    }

    private async Task<JsonNode> ExplainAsync(string sql, NpgsqlParameter[] parameters)
    {
        await using var connection = new NpgsqlConnection(Database.Reader);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"explain (format json) {sql}", connection);
        command.Parameters.AddRange(parameters.Select(parameter => parameter.Clone()).ToArray());
        return JsonNode.Parse((string)(await command.ExecuteScalarAsync())!)!;
    }

    /// <summary>Tables of tenants that a plan reads from their first row to their last.</summary>
    private static IEnumerable<string> WholeReads(JsonNode? node) => node switch
    {
        JsonObject found => found.SelectMany(member => WholeReads(member.Value)).Concat(ReadWhole(found)),
        JsonArray list => list.SelectMany(WholeReads),
        _ => [],
    };

    private static IEnumerable<string> ReadWhole(JsonObject node)
    {
        if (node["Node Type"]?.GetValue<string>() == "Seq Scan" && node.Text("Relation Name") is var table && table != "change_head" && !table.StartsWith("reference_", StringComparison.Ordinal))
        {
            yield return table;
        }
    }
}

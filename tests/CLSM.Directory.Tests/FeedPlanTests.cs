using System.Text.Json.Nodes;
using CLSM.Directory.Api.Features.Changes;
using CLSM.Directory.Tests.Hosting;
using Npgsql;

namespace CLSM.Directory.Tests;

/// <summary>How PostgreSQL answers the feed's question in a long log: along an index for each filter, looking at little more than it gives.</summary>
internal sealed class FeedPlanTests : DirectoryFixture
{
    private const int Entries = 100_000;

    // Blocks of 8 kB: a few for each entry of a page, where the log itself has thousands.
    private const int BlocksOfAPage = 900;

    private static readonly string[] Questions =
    [
        "", "type=event", "type=contact,event,organisation", "type=council", "council=metz", "council=metz,grenoble,test-7,test-8", "council=metz&type=event",
        "region=44", "region=44,84,11", "region=44&type=contact", "region=44,84&type=contact,event", "region=94", "region=94&type=council", "region=44&council=metz", "region=84&council=metz",
    ];

    protected override Task PrepareAsync() => TestCluster.ExecuteAsync(
        TestCluster.AdministratorOf(Database),
        $"""
        insert into directory.council_code (code, council_id) select 'test-' || n, gen_random_uuid() from generate_series(1, 1000) n;
        with place as (
            select row_number() over (order by code) - 1 as number, code, council_id from directory.council_code
        ), entry as (
            select n, (select cursor from directory.change_head) + n as cursor, p.*,
                   (array['event', 'organisation', 'contact', 'working-group', 'governance-body', 'organisation', 'event', 'contact', 'event', 'council'])[1 + n % 10] as type,
                   -- One region has few councils, so that its entries lie far apart.
                   case when p.number % 400 = 7 then '94' else (array['44', '84', '11', '75', '76', '32', '93'])[1 + p.number % 7] end as region
            from generate_series(1, {Entries}) n join place p on p.number = (n::bigint * 7919) % 1002
        ), noted as (
            insert into directory.change (cursor, at, council_id, council_code, type, id, version, operation, public_before, public_after)
            select cursor, clock_timestamp(), council_id, code, type, gen_random_uuid(), 1, 'updated', n % 11 > 0, n % 11 > 0 from entry
        )
        insert into directory.change_region (region_code, cursor, type) select region, cursor, type from entry where n % 11 > 0;
        update directory.change_head set cursor = cursor + {Entries};
        analyze directory.change; analyze directory.change_region; analyze directory.council_code
        """);

    [TestCaseSource(nameof(Questions))]
    public async Task A_page_is_read_along_an_index(string filter)
    {
        foreach (var after in new long[] { 0, Entries / 2, Entries - 100 })
        {
            var plan = await PlanAsync(filter, after);
            var scans = Nodes(plan["Plan"]!).Where(node => node["Node Type"]!.GetValue<string>() is "Seq Scan").Select(node => node.Text("Relation Name")).ToList();
            Assert.That(scans, Has.None.EqualTo("change").And.None.EqualTo("change_region"), $"{filter} after {after}: {plan.ToJsonString()}");
            var blocks = plan["Plan"]!["Shared Hit Blocks"]!.GetValue<int>() + plan["Plan"]!["Shared Read Blocks"]!.GetValue<int>();
            await TestContext.Out.WriteLineAsync($"?{filter} after {after}: {blocks} blocks, {plan["Execution Time"]} ms");
            Assert.That(blocks, Is.LessThan(BlocksOfAPage * Math.Max(1, filter.Count(letter => letter == ','))), $"{filter} after {after}: {plan.ToJsonString()}");
        }
    }

    private async Task<JsonNode> PlanAsync(string filter, long after)
    {
        var values = filter.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1].Split(','));
        var question = new ChangeQuery(values.GetValueOrDefault("council"), values.GetValueOrDefault("region"), values.GetValueOrDefault("type"), 50);
        await using var connection = new NpgsqlConnection(Database.Reader);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"explain (analyze, buffers, format json) {ChangeQueries.SqlFor(question)}", connection);
        ChangeQueries.Bind(command, question, after);
        return JsonNode.Parse((string)(await command.ExecuteScalarAsync())!)![0]!;
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode node) => [node, .. (node["Plans"]?.AsArray() ?? []).SelectMany(child => Nodes(child!))];
}

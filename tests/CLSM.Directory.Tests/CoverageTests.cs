using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CLSM.Directory.Api.Features.Imports;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CLSM.Directory.Tests;

/// <summary>Who has a council and who has none: the counts against a naive count in memory, over the default councils and made-up ones.</summary>
internal sealed class CoverageTests : DirectoryFixture
{
    private const string AcrossDepartments = "200040715";

    private List<CommuneFigures> communes = null!;

    [OneTimeSetUp]
    public async Task MakeAsync()
    {
        await Service.Services.GetRequiredService<Seeds>().LoadAsync(CancellationToken.None);
        await CouncilAsync("test-overseas", "active", Part("commune", "97411"));
        await CouncilAsync("test-paris", "active", Part("municipal-arrondissement", "75114"));
        await CouncilAsync("test-paris-named-otherwise", "unknown", Part("commune", "75113"));
        await CouncilAsync("test-paris-planned", "prefiguration", Part("municipal-arrondissement", "75115"));
        await CouncilAsync("test-lyon", "paused", [.. Enumerable.Range(69381, 9).Select(code => Part("municipal-arrondissement", $"{code}"))]);
        await CouncilAsync("test-sector", "active", Part("psychiatric-sector", "57G06"));
        await CouncilAsync("test-label", "active", """{"type":"label","label":"test-0001"}""");
        await CouncilAsync("test-across", "active", Part("epci", await AnEpciAcrossDepartmentsAsync()));
        await CouncilAsync("test-delegated", "active", Part("delegated-commune", "01015"));
        await CouncilAsync("test-closed", "closed", Part("department", "976"));
        await CouncilAsync("test-merged", "merged", Part("department", "974"));
        await CouncilAsync("test-planned", "project", Part("department", "2A"), Part("commune", "57463"));
        await CouncilAsync("test-ended", "active", """{"type":"commune","code":"35238","to":{"value":"2020","precision":"year"}}""");
        communes = await CountAsync();
    }

    [TestCase("", "region")]
    [TestCase("?by=department", "department")]
    [TestCase("?by=epci", "epci")]
    [TestCase("?region=44", "department")]
    [TestCase("?region=11,93&by=region", "region")]
    [TestCase("?region=44&region=84&by=epci", "epci")]
    [TestCase("?department=69", "epci")]
    [TestCase("?department=75&by=department", "department")]
    [TestCase("?department=2A,974,976&by=region", "region")]
    [TestCase("?epci=200039865,200040715&by=department", "department")]
    public async Task Coverage_is_what_a_naive_count_finds(string query, string by)
    {
        var separator = query.Length == 0 ? '?' : '&';
        var rows = new List<JsonNode>();
        JsonNode report;
        for (var next = $"/v1/coverage{query}{separator}limit=700"; ;)
        {
            var answer = (await Anonymous.GetAsync(next)).With(HttpStatusCode.OK);
            report = answer.Json;
            rows.AddRange(report["items"]!.AsArray()!);
            if (!answer.Headers.TryGetValue("Link", out var link))
            {
                break;
            }

            next = link[1..link.IndexOf('>', StringComparison.Ordinal)];
        }

        var chosen = communes.Where(commune => Matches(commune, query)).ToList();
        Assert.That(report.Text("by"), Is.EqualTo(by));
        Assert.That(Figures(report["total"]!), Is.EqualTo(Naive(chosen)));
        var expected = chosen.Where(commune => commune.Place(by) is not null)
            .GroupBy(commune => commune.Place(by)!, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key} {Naive([.. group])}")
            .ToList();
        Assert.That(rows.ConvertAll(row => $"{row.Text("code")} {Figures(row)}"), Is.EqualTo(expected));
        Assert.That(report["page"]!["total"]!.GetValue<int>(), Is.EqualTo(expected.Count));
        Assert.That(rows.Select(row => row.Text("name")), Is.All.Not.Empty);
    }

    [Test]
    public async Task What_is_particular_counts_as_it_is_defined()
    {
        await Assert.MultipleAsync(async () =>
        {
            var paris = await RowAsync("department=75&by=department");
            Assert.That(Figures(paris), Does.StartWith("1/0/1/0/0"), "Paris is covered in part");
            Assert.That(paris["population"]!["covered"]!.GetValue<int>(), Is.GreaterThan(100_000), "and the inhabitants of its covered arrondissements are known");
            Assert.That(paris["population"]!["prefiguration"]!.GetValue<int>(), Is.GreaterThan(100_000));
            Assert.That(paris["population"]!["partlyCovered"]!.GetValue<int>(), Is.Zero);
            Assert.That(Figures(await RowAsync("department=976&by=department")), Does.StartWith("17/0/0/0/17"), "a closed council covers nothing");
            Assert.That(Figures(await RowAsync("department=2A&by=department")), Does.Match("^124/.*/[1-9][0-9]*/0 "), "a planned one counts apart");
            var lyon = (await Anonymous.GetAsync("/v1/coverage/communes?department=69&state=covered&limit=1000")).With(HttpStatusCode.OK);
            Assert.That(lyon.Items.Select(commune => commune.Text("code")), Does.Contain("69123"), "each of its arrondissements is covered");
            var report = (await Anonymous.GetAsync("/v1/coverage")).Json;
            Assert.That(report["unresolvedCouncils"]!.GetValue<int>(), Is.EqualTo(await UnresolvedAsync()).And.GreaterThan(2));
            Assert.That((report["reference"]!["vintage"]!.GetValue<int>(), report["reference"]!["populationYear"]!.GetValue<int>()), Is.EqualTo((2026, 2023)));
        });
    }

    [TestCase("", "uncovered")]
    [TestCase("?region=44", "uncovered")]
    [TestCase("?department=2A,01&state=prefiguration,partly-covered", "prefiguration,partly-covered")]
    [TestCase("?epci=200039865&state=covered", "covered")]
    [TestCase("?department=975", "uncovered")]
    public async Task Uncovered_communes_are_listed_page_by_page_and_exported_whole(string query, string states)
    {
        var expected = communes.Where(commune => Matches(commune, query) && states.Split(',').Contains(commune.State)).Select(commune => commune.Code).ToList();
        var found = new List<string>();
        for (var next = $"/v1/coverage/communes{query}{(query.Length == 0 ? '?' : '&')}limit=1000"; next is not null;)
        {
            var page = (await Anonymous.GetAsync(next)).With(HttpStatusCode.OK);
            Assert.That(page.Json["page"]!["total"]!.GetValue<int>(), Is.EqualTo(expected.Count));
            found.AddRange(page.Items.Select(commune => commune.Text("code")));
            next = page.Headers.TryGetValue("Link", out var link) ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
        }

        Assert.That(found, Is.EqualTo(expected));
        var export = (await Anonymous.GetAsync($"/v1/coverage/communes.csv{query}", ("Accept", "text/csv"))).With(HttpStatusCode.OK);
        Assert.That(export.Headers["Content-Type"], Does.StartWith("text/csv"));
        var lines = export.Body.TrimStart('\uFEFF').Split("\r\n");
        Assert.That(lines[0], Is.EqualTo("code;name;state;departmentCode;departmentName;regionCode;regionName;epciSiren;epciName;population"));
        Assert.That(lines.Skip(1).SkipLast(1).Select(line => line.Split(';')[0]), Is.EqualTo(expected));
        Assert.That(lines[^1], Is.Empty, "the last line is whole");
    }

    [Test]
    public async Task An_export_opens_in_a_spreadsheet()
    {
        using var http = new HttpClient();
        var bytes = await http.GetByteArrayAsync(new Uri(new Uri(Service.Urls.First()), "/v1/coverage/communes.csv?department=978"));
        Assert.That(bytes.Take(3), Is.EqualTo(new byte[] { 0xEF, 0xBB, 0xBF }));
        Assert.That(System.Text.Encoding.UTF8.GetString(bytes[3..]), Does.EndWith("97801;Saint-Martin;uncovered;978;Saint-Martin;978;Saint-Martin;;;31160\r\n"));
    }

    [TestCase("/v1/coverage")]
    [TestCase("/v1/coverage/communes?department=57")]
    [TestCase("/v1/coverage/communes.csv?department=57")]
    [TestCase("/v1/statistics")]
    public async Task What_has_not_changed_is_not_sent_again(string path)
    {
        var first = (await Anonymous.GetAsync(path)).With(HttpStatusCode.OK);
        Assert.That(first.Headers, Contains.Key("Last-Modified"));
        Assert.That((await Anonymous.GetAsync(path, ("If-None-Match", first.ETag))).With(HttpStatusCode.NotModified).Body, Is.Empty);
        (await Administrator.PatchAsync("/v1/councils/test-label", $$"""{"shortName":"test-{{Guid.NewGuid():N}}"}""", "*")).With(HttpStatusCode.OK);
        Assert.That((await Anonymous.GetAsync(path, ("If-None-Match", first.ETag))).With(HttpStatusCode.OK).ETag, Is.Not.EqualTo(first.ETag));
    }

    [TestCase("coverage?region=45", 422, "region", "44")]
    [TestCase("coverage?region=44&department=100", 422, "department", "10")]
    [TestCase("coverage?epci=200039866", 422, "epci", "200039865")]
    [TestCase("coverage/communes?department=99", 422, "department", null)]
    [TestCase("coverage/communes.csv?region=grand", 400, "region", null)]
    [TestCase("coverage?regoin=44", 400, "regoin", "region")]
    [TestCase("coverage?by=departement", 400, "by", "department")]
    [TestCase("coverage/communes?state=uncoverd", 400, "state", "uncovered")]
    [TestCase("coverage?region=", 400, "region", null)]
    [TestCase("coverage?region=%00", 400, "region", null)]
    [TestCase("coverage?cursor=Zm9yZ2Vk", 400, "cursor", null)]
    [TestCase("coverage?limit=0", 400, "limit", "1")]
    [TestCase("statistics?region=44&limit=3", 400, "limit", null)]
    [TestCase("statistics?council=grenobl", 422, "council", "grenoble")]
    [TestCase("statistics?status=activ", 400, "status", "active")]
    public async Task A_wrong_parameter_is_named(string path, int status, string parameter, string? closest)
    {
        var error = (await Anonymous.GetAsync($"/v1/{path}")).With((HttpStatusCode)status).Error(parameter);
        Assert.That(closest is null || error["closest"]?.GetValue<string>() == closest, Is.True, error.ToJsonString());
    }

    [Test]
    public async Task A_cursor_of_another_question_is_refused()
    {
        var cursor = (await Anonymous.GetAsync("/v1/coverage?by=department&limit=5")).Json["page"].Text("next");
        (await Anonymous.GetAsync($"/v1/coverage?by=department&limit=3&cursor={cursor}")).With(HttpStatusCode.OK);
        (await Anonymous.GetAsync($"/v1/coverage?by=epci&cursor={cursor}")).With(HttpStatusCode.BadRequest).Error("cursor");
        (await Anonymous.GetAsync($"/v1/coverage/communes?cursor={cursor}")).With(HttpStatusCode.BadRequest).Error("cursor");
    }

    private static string Part(string type, string code) => $$"""{"type":"{{type}}","code":"{{code}}"}""";

    private async Task CouncilAsync(string code, string status, params string[] parts)
    {
        var successors = status == "merged" ? ""","successors":["metz"]""" : "";
        (await Administrator.PostAsync("/v1/councils", $$$"""{"code":"{{{code}}}","kind":"clsm","name":"{{{code}}}","status":"{{{status}}}"{{{successors}}},"territory":{"parts":[{{{string.Join(',', parts)}}}]}}""")).With(HttpStatusCode.Created);
    }

    private Task<string> AnEpciAcrossDepartmentsAsync() => TestCluster.ScalarAsync<string>(
        Database.Reader,
        $"""
        select epci_siren from published.reference_commune where type = 'commune' and epci_siren <> '{AcrossDepartments}'
        group by 1 having count(distinct department_code) > 1 and count(distinct region_code) > 1 order by 1 limit 1
        """);

    private async Task<int> UnresolvedAsync() => (int)await TestCluster.ScalarAsync<long>(
        Database.Reader, "select count(*) from published.council where status not in ('closed', 'merged') and id not in (select council_id from published.coverage)");

    private async Task<JsonNode> RowAsync(string query) => (await Anonymous.GetAsync($"/v1/coverage?{query}")).With(HttpStatusCode.OK).Items.Single()!;

    private static bool Matches(CommuneFigures commune, string query) => query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('='))
        .Where(pair => pair[0] is "region" or "department" or "epci")
        .GroupBy(pair => pair[0], pair => pair[1].Split(','))
        .All(filter => filter.SelectMany(codes => codes).Contains(commune.Place(filter.Key)));

    private static string Figures(JsonNode row) =>
        string.Join(' ', new[] { "communes", "population" }.Select(what => string.Join('/', new[] { "total", "covered", "partlyCovered", "prefiguration", "uncovered" }.Select(state => row[what]![state]!.GetValue<int>()))))
        + $" {row["councils"]!.GetValue<int>()}+{row["councilsInPrefiguration"]!.GetValue<int>()}";

    private static string Naive(List<CommuneFigures> communes)
    {
        string[] states = ["covered", "partly-covered", "prefiguration", "uncovered"];
        var counts = string.Join('/', states.Select(state => communes.Count(commune => commune.State == state)));
        var inhabitants = string.Join('/', states.Select(state => communes.Sum(commune => commune.Inhabitants.GetValueOrDefault(state))));
        var councils = communes.SelectMany(commune => commune.Councils).Distinct().ToList();
        return $"{communes.Count}/{counts} {communes.Sum(commune => commune.Inhabitants.Values.Sum())}/{inhabitants} {councils.Count(council => !council.IsPlanned)}+{councils.Count(council => council.IsPlanned)}";
    }

    /// <summary>Every commune, counted without SQL: from the files of the reference, and from who covers what.</summary>
    private async Task<List<CommuneFigures>> CountAsync()
    {
        List<(string Council, string Commune, bool IsWhole, string Through, bool IsPlanned)> covering = [];
        await using var source = NpgsqlDataSource.Create(Database.Reader);
        await using (var reader = await source.CreateCommand("select council_code, commune_code, extent, through_code, council_status from published.coverage").ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                covering.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2) == "whole", reader.GetString(3), reader.GetString(4) is "project" or "prefiguration"));
            }
        }

        await using var text = ReferenceFile.Shipped().Single(file => ReferenceFile.Named(file.FileName) == ReferenceFile.Communes).OpenText();
        var lines = ReferenceCsv.Read("communes.csv", text, ReferenceFile.Communes.Columns)
            .Select(line => (Code: line["code_insee"]!, Type: line["type"], Parent: line["parent_code"], Department: line["department_code"]!, Region: line["region_code"]!, Epci: line["epci_siren"],
                Population: int.Parse(line["population"] ?? "0", CultureInfo.InvariantCulture)))
            .Where(line => line.Type is "commune" or "arrondissement-municipal")
            .ToList();
        var arrondissements = lines.Where(line => line.Type != "commune").ToLookup(line => line.Parent!);
        var by = covering.ToLookup(row => row.Commune);
        return
        [
            .. lines.Where(line => line.Type == "commune").OrderBy(line => line.Code, StringComparer.Ordinal).Select(line =>
            {
                var own = by[line.Code].ToList();
                var parts = arrondissements[line.Code].ToList();
                var beyond = own.Where(row => row.IsWhole || parts.TrueForAll(part => part.Code != row.Through)).ToList();
                var ofParts = parts.ConvertAll(part => (State: StateOf([.. by[part.Code], .. beyond]), part.Population));
                var state = parts.Count > 0 && ofParts.TrueForAll(part => part.State == "covered") ? "covered" : StateOf(own);
                return new CommuneFigures(
                    line.Code,
                    line.Department,
                    line.Region,
                    line.Epci,
                    state,
                    parts.Count > 0 ? ofParts.GroupBy(part => part.State, part => part.Population).ToDictionary(group => group.Key, group => group.Sum()) : new() { [state] = line.Population },
                    [.. own.Select(row => (row.Council, row.IsPlanned))]);
            }),
        ];

        static string StateOf(List<(string Council, string Commune, bool IsWhole, string Through, bool IsPlanned)> rows) =>
            rows.Exists(row => row.IsWhole && !row.IsPlanned) ? "covered"
            : rows.Exists(row => !row.IsPlanned) ? "partly-covered"
            : rows.Count > 0 ? "prefiguration"
            : "uncovered";
    }

    private sealed record CommuneFigures(
        string Code, string Department, string Region, string? Epci, string State, Dictionary<string, int> Inhabitants, IReadOnlyList<(string Council, bool IsPlanned)> Councils)
    {
        public string? Place(string by) => by switch { "region" => Region, "department" => Department, _ => Epci };
    }
}

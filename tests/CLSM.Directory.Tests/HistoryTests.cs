using System.Net;
using System.Text.Json.Nodes;
using CLSM.Directory.Api.Features.History;
using CLSM.Directory.Tests.Hosting;
using Npgsql;

namespace CLSM.Directory.Tests;

/// <summary>What was written, by whom, from which request; and every past version, to be read and restored.</summary>
internal sealed class HistoryTests : DirectoryFixture
{
    private const string Grenobles = "/v1/councils/grenoble/history";

    [Test]
    public async Task An_entry_says_who_wrote_what_from_which_request()
    {
        var created = (await Metz.PostAsync("/v1/councils/metz/events", """{"name":"test-who","kind":"sism"}""")).With(HttpStatusCode.Created);
        var address = created.Headers["Location"];
        (await Metz.PatchAsync(address, """{"kind":"debate"}""", "*")).With(HttpStatusCode.OK);
        (await Metz.DeleteAsync($"{address}?reason=duplicate", "*")).With(HttpStatusCode.NoContent);

        var entries = (await Metz.GetAsync("/v1/councils/metz/history?sort=-version&limit=3")).With(HttpStatusCode.OK).Items;
        Assert.That(entries.Select(entry => entry.Text("operation")), Is.EqualTo(new[] { "removed", "updated", "created" }));
        Assert.That(entries.Select(entry => entry.Text("id")), Is.All.EqualTo(created.Json.Text("id")));
        Assert.That(entries.Select(entry => entry.Text("by")), Is.All.StartsWith("key:").And.All.EqualTo(entries[0].Text("by")));
        Assert.That(entries.Select(entry => entry.Text("request")), Is.Unique.And.All.Contains(":"));
        Assert.That(entries.Select(entry => entry!["version"]!.GetValue<int>()), Is.Ordered.Descending.And.Unique);
        Assert.That(entries[0].Text("reason"), Is.EqualTo("duplicate"));
        Assert.That((entries[0]!["after"], entries[2]!["before"]), Is.EqualTo(((JsonNode?)null, (JsonNode?)null)));
        entries[2]!["after"].ShouldBe("""{"name":"test-who","kind":"sism"}""");
        entries[1]!["before"].ShouldBe("""{"name":"test-who","kind":"sism"}""");
        entries[1]!["after"].ShouldBe("""{"name":"test-who","kind":"debate"}""");
        entries[0]!["before"].ShouldBe("""{"name":"test-who","kind":"debate"}""");
    }

    [Test]
    public async Task A_repair_by_plain_SQL_is_in_it_with_the_role_that_did_it()
    {
        await TestCluster.ExecuteAsync(
            TestCluster.AdministratorOf(Database),
            "update directory.council set statement = jsonb_set(statement, '{shortName}', '\"test-repaired\"') where code = 'metz'");
        var last = (await Metz.GetAsync("/v1/councils/metz/history?sort=-version&limit=1")).With(HttpStatusCode.OK).Items[0]!;
        Assert.That(last.Text("by"), Does.StartWith("sql:"));
        Assert.That(last["request"], Is.Null);
        Assert.That(last["after"].Text("shortName"), Is.EqualTo("test-repaired"));
        Assert.That(last["before"]!["shortName"]?.GetValue<string>(), Is.Not.EqualTo("test-repaired"));
    }

    [Test]
    public async Task Every_past_version_is_the_document_as_it_was_and_can_be_restored()
    {
        var document = "/v1/councils/test-past/document";
        var history = "/v1/councils/test-past/history";
        (await Administrator.PutAsync(
            document,
            """
            {"code":"test-past","kind":"clsm","name":"test-past","status":"active","organisations":[{"name":"test-a"}],"events":[{"name":"test-1","kind":"sism"},{"name":"test-2","kind":"sism"}],
             "contacts":[{"function":"coordinator","label":"test-hidden","nominative":false,"visibility":"council","organisation":{"name":"test-a"}}]}
            """,
            null)).With(HttpStatusCode.Created);
        List<(string Body, DateTime Before)> states = [];
        foreach (var (method, path, body) in new[]
        {
            ("PATCH", "", """{"shortName":"test-short"}"""),
            ("POST", "/events", """{"name":"test-3","kind":"debate"}"""),
            ("DELETE", "/events", ""),
            ("PATCH", "", """{"code":"test-past"}"""),
            ("PUT", "/document", """{"code":"test-past","kind":"cosm","name":"test-other","status":"paused"}"""),
        })
        {
            states.Add(((await Administrator.GetAsync(document)).With(HttpStatusCode.OK).Body, await NowAsync()));
            var target = $"/v1/councils/test-past{path}";
            target = method == "DELETE" ? $"{target}/{(await Administrator.GetAsync(target)).Items[0].Text("id")}" : target;
            var answer = await (method switch
            {
                "PATCH" => Administrator.PatchAsync(target, body, "*"),
                "POST" => Administrator.PostAsync(target, body),
                "DELETE" => Administrator.DeleteAsync(target, "*"),
                _ => Administrator.PutAsync(target, body, "*"),
            });
            Assert.That((int)answer.Status, Is.LessThan(300), answer.Body);
        }

        foreach (var (body, instant) in states)
        {
            var version = JsonNode.Parse(body)!["version"]!.GetValue<int>();
            Assert.That((await Administrator.GetAsync($"{history}?at={version}")).With(HttpStatusCode.OK).Body, Is.EqualTo(body), $"version {version}");
            Assert.That((await Administrator.GetAsync($"{history}?at={instant:yyyy-MM-ddTHH:mm:ss.ffffffZ}")).With(HttpStatusCode.OK).Body, Is.EqualTo(body), $"at {instant:O}");
        }

        var present = (await Administrator.GetAsync(document)).With(HttpStatusCode.OK);
        var past = (await Administrator.GetAsync($"{history}?at=1")).With(HttpStatusCode.OK);
        (await Administrator.PutAsync(document, past.Body, past.ETag)).With(HttpStatusCode.PreconditionFailed);
        var restored = (await Administrator.PutAsync(document, past.Body, present.ETag)).With(HttpStatusCode.OK);
        Assert.That(Stated(restored.Json).ToJsonString(), Is.EqualTo(Stated(past.Json).ToJsonString()));
        Assert.That(restored.Json["version"]!.GetValue<int>(), Is.EqualTo(present.Json["version"]!.GetValue<int>() + 1));
    }

    [Test]
    public async Task Before_its_beginning_and_beyond_its_end_there_is_nothing()
    {
        foreach (var moment in new[] { "999999999", "2006-01-01T00:00:00Z" })
        {
            Assert.That((await Grenoble.GetAsync($"{Grenobles}?at={moment}")).With(HttpStatusCode.NotFound).Problem, Is.EqualTo("not-found"));
        }
    }

    [TestCase("at=yesterday", "at", "not-a-moment")]
    [TestCase("at=0", "at", "not-a-moment")]
    [TestCase("at=1&limit=2", "limit", "not-together")]
    [TestCase("cursor=x", "cursor", "invalid-cursor")]
    [TestCase("sort=name", "sort", "unknown-value")]
    public async Task A_wrong_question_is_refused_by_name(string query, string parameter, string code) =>
        Assert.That((await Grenoble.GetAsync($"{Grenobles}?{query}")).With(HttpStatusCode.BadRequest).Error(parameter).Text("code"), Is.EqualTo(code));

    [Test]
    public async Task Only_the_council_itself_and_administrators_read_it()
    {
        (await Anonymous.GetAsync(Grenobles)).With(HttpStatusCode.Unauthorized);
        (await Metz.GetAsync(Grenobles)).With(HttpStatusCode.Forbidden);
        (await Metz.GetAsync($"{Grenobles}?at=1")).With(HttpStatusCode.Forbidden);
        (await Grenoble.GetAsync(Grenobles)).With(HttpStatusCode.OK);
        (await Administrator.GetAsync($"{Grenobles}?at=1")).With(HttpStatusCode.OK);
    }

    [TestCase("version")]
    [TestCase("-version")]
    public async Task Pages_lose_and_repeat_nothing_while_others_write(string sort)
    {
        var whole = (await Grenoble.GetAsync($"{Grenobles}?limit=1000&sort={sort}")).With(HttpStatusCode.OK);
        var seen = new List<string>();
        for (var next = $"{Grenobles}?limit=5&sort={sort}"; next is not null;)
        {
            var page = (await Grenoble.GetAsync(next)).With(HttpStatusCode.OK);
            seen.AddRange(page.Items.Select(item => item!.ToJsonString()));
            next = page.Json["page"]!["next"]?.GetValue<string>() is { } cursor ? $"{Grenobles}?limit=5&sort={sort}&cursor={cursor}" : null;
            if (seen.Count == 5)
            {
                (await Grenoble.PostAsync("/v1/councils/grenoble/events", $$"""{"name":"test-page{{sort}}","kind":"sism"}""")).With(HttpStatusCode.Created);
            }
        }

        Assert.That(seen, Is.Unique);
        Assert.That(whole.Items.Select(item => item!.ToJsonString()), Is.SubsetOf(seen));
        Assert.That(whole.Json["page"]!["total"]!.GetValue<int>(), Is.EqualTo(whole.Items.Count));
    }

    [Test]
    public async Task The_history_of_a_council_outlives_it_but_for_its_contacts()
    {
        var made = (await Administrator.PutAsync("/v1/councils/test-gone/document", """{"code":"test-gone","kind":"clsm","name":"x","status":"active","events":[{"name":"test-1","kind":"sism"}],"contacts":[{"function":"coordinator","label":"test-1","nominative":false,"visibility":"public"}]}""", null)).With(HttpStatusCode.Created);
        (await Administrator.DeleteAsync("/v1/councils/test-gone", "*")).With(HttpStatusCode.NoContent);
        Assert.That(
            await TestCluster.ScalarAsync<string>(
                TestCluster.AdministratorOf(Database),
                $"select string_agg(type || ' ' || operation || ' ' || council_version || case when coalesce(before, after) is null then ' (erased)' else '' end, ', ' order by council_version, type) from directory.history where council_id = '{made.Json.Text("id")}'"),
            Is.EqualTo("contact created 1 (erased), council created 1, event created 1, contact removed 2 (erased), council removed 2, event removed 2"));
        (await Administrator.GetAsync("/v1/councils/test-gone/history")).With(HttpStatusCode.Gone);
    }

    [Test]
    public async Task A_long_history_is_read_along_its_indexes()
    {
        await TestCluster.ExecuteAsync(
            TestCluster.AdministratorOf(Database),
            """
            insert into directory.history (council_id, council_version, at, type, id, operation, version, created_at, updated_at, author, after)
            select md5('test-' || n % 500)::uuid, 1 + n / 500, now() - interval '1 year' + n * interval '1 minute', 'event', md5('test-' || n % 5000)::uuid, 'updated', 1 + n / 500, now(), now(), 'sql:test', '{"name":"test"}'
            from generate_series(1, 100000) n;
            vacuum (analyze) directory.history
            """.Split(';'));
        await using var connection = new NpgsqlConnection(TestCluster.AdministratorOf(Database));
        await connection.OpenAsync();
        var council = await TestCluster.ScalarAsync<Guid>(Database.Owner, "select md5('test-7')::uuid");
        foreach (var (question, sql, most) in new (string, string, int)[]
        {
            ("first page", HistoryQueries.SqlFor(false), 300),
            ("last page", HistoryQueries.SqlFor(true), 300),
            ("as at a version", "select * from directory.document_at({0}, 100)", 350),
            ("as at an instant", "select * from directory.document_at({0}, directory.version_at({0}, now() - interval '1 month'))", 450),
        })
        {
            var text = sql.Replace("{0}", $"'{council}'", StringComparison.Ordinal).Replace("{1}", sql.Contains("desc", StringComparison.Ordinal) ? "999999999" : "0", StringComparison.Ordinal).Replace("{2}", "51", StringComparison.Ordinal);
            await using var command = new NpgsqlCommand($"explain (analyze, buffers, format json) {text}", connection);
            var plan = JsonNode.Parse((string)(await command.ExecuteScalarAsync())!)![0]!;
            var blocks = plan["Plan"]!["Shared Hit Blocks"]!.GetValue<int>() + plan["Plan"]!["Shared Read Blocks"]!.GetValue<int>();
            await TestContext.Out.WriteLineAsync($"{question}: {blocks} blocks, {plan["Execution Time"]} ms");
            Assert.That(blocks, Is.LessThan(most), $"{question}: {plan.ToJsonString()}");
        }
    }

    /// <summary>What a document states, without what the directory keeps of it.</summary>
    private static JsonObject Stated(JsonNode document)
    {
        var stated = document.Without("version", "createdAt", "updatedAt");
        foreach (var list in stated.Select(member => member.Value).OfType<JsonArray>().ToList())
        {
            foreach (var part in list.OfType<JsonObject>())
            {
                part.Remove("version");
                part.Remove("createdAt");
                part.Remove("updatedAt");
            }
        }

        // What was taken in anew comes in the order in which it came back.
        if (stated["events"] is JsonArray events)
        {
            stated["events"] = new JsonArray([.. events.OrderBy(item => item.Text("name"), StringComparer.Ordinal).Select(item => item!.DeepClone())]);
        }

        return stated;
    }

    private Task<DateTime> NowAsync() => TestCluster.ScalarAsync<DateTime>(Database.Owner, "select clock_timestamp()");
}

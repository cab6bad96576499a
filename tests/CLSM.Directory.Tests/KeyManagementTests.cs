using System.Net;
using CLSM.Directory.Api;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>The life of a key over HTTP: made, used, rotated, revoked, on two nodes.</summary>
internal sealed class KeyManagementTests : DirectoryFixture
{
    private const string Patch = """{"shortName":"test-0001"}""";

    [Test]
    public async Task A_key_that_was_made_works_at_once_and_its_secret_is_shown_once()
    {
        var made = (await Administrator.PostAsync("/v1/keys", """{"name":"test-made","scopes":["council:metz","council:grenoble"]}""")).With(HttpStatusCode.Created);
        Assert.That(made.Headers["Cache-Control"], Is.EqualTo("no-store"));
        using var client = With(made);
        (await client.PatchAsync("/v1/councils/metz", Patch, "*")).With(HttpStatusCode.OK);
        (await client.PatchAsync("/v1/councils/grenoble", Patch, "*")).With(HttpStatusCode.OK);
        (await client.GetAsync("/v1/keys")).With(HttpStatusCode.Forbidden);
        var list = (await Administrator.GetAsync("/v1/keys?limit=1000")).With(HttpStatusCode.OK);
        Assert.That(list.Body, Does.Not.Contain("secret").And.Not.Contain(made.Json.Text("secret")[5..20]));
        var listed = list.Items.Single(key => key.Text("id") == made.Json.Text("id"));
        listed!["scopes"].ShouldBe("""["council:metz","council:grenoble"]""");
    }

    [Test]
    public async Task A_repeated_creation_gives_the_same_secret_to_its_maker_only()
    {
        var key = ("Idempotency-Key", $"test-{Guid.NewGuid():N}");
        var first = (await Administrator.PostAsync("/v1/keys", """{"name":"test-twice","scopes":["admin"]}""", key)).With(HttpStatusCode.Created);
        Assert.That((await Administrator.PostAsync("/v1/keys", """{"name":"test-twice","scopes":["admin"]}""", key)).With(HttpStatusCode.Created).Body, Is.EqualTo(first.Body));
        using var other = await WithKeyAsync("other", true);
        Assert.That((await other.PostAsync("/v1/keys", """{"name":"test-twice","scopes":["admin"]}""", key)).With(HttpStatusCode.Created).Body, Is.Not.EqualTo(first.Body));
    }

    [Test]
    public async Task Two_secrets_are_valid_while_a_key_is_rotated_and_a_third_ends_the_first()
    {
        var made = (await Administrator.PostAsync("/v1/keys", """{"name":"test-rotated","scopes":["council:metz"]}""")).With(HttpStatusCode.Created);
        var address = $"/v1/keys/{made.Json.Text("id")}/rotate";
        var second = (await Administrator.PostAsync(address, "")).With(HttpStatusCode.OK);
        Assert.That(second.Json.Text("id"), Is.EqualTo(made.Json.Text("id")));
        using var oldest = With(made);
        using var older = With(second);
        (await oldest.GetAsync("/v1/councils")).With(HttpStatusCode.OK);
        (await older.GetAsync("/v1/councils")).With(HttpStatusCode.OK);
        using var newest = With((await Administrator.PostAsync(address, "")).With(HttpStatusCode.OK));
        (await oldest.GetAsync("/v1/councils")).With(HttpStatusCode.Unauthorized);
        (await older.GetAsync("/v1/councils")).With(HttpStatusCode.OK);
        (await newest.GetAsync("/v1/councils")).With(HttpStatusCode.OK);

        // Without an overlap the one before ends at once.
        using var last = With((await Administrator.PostAsync($"{address}?overlapHours=0", "")).With(HttpStatusCode.OK));
        (await newest.GetAsync("/v1/councils")).With(HttpStatusCode.Unauthorized);
        (await last.GetAsync("/v1/councils")).With(HttpStatusCode.OK);
    }

    [Test]
    public async Task A_key_revoked_on_one_node_is_refused_by_another_with_its_next_request()
    {
        await using var node = DirectoryApplication.Build(Database, ["--urls", "http://127.0.0.1:0"]);
        await node.StartAsync();
        var made = (await Administrator.PostAsync("/v1/keys", """{"name":"test-revoked","scopes":["admin"]}""")).With(HttpStatusCode.Created);
        using var client = new Client(node.Urls.First(), made.Json.Text("secret"));
        (await client.GetAsync("/v1/councils")).With(HttpStatusCode.OK);
        (await Administrator.DeleteAsync($"/v1/keys/{made.Json.Text("id")}", null)).With(HttpStatusCode.NoContent);
        (await client.GetAsync("/v1/councils")).With(HttpStatusCode.Unauthorized);
        (await Administrator.DeleteAsync($"/v1/keys/{made.Json.Text("id")}", null)).With(HttpStatusCode.NoContent);
        Assert.That((await Administrator.PostAsync($"/v1/keys/{made.Json.Text("id")}/rotate", "")).With(HttpStatusCode.Conflict).Problem, Is.EqualTo("key-ended"));
        await node.StopAsync();
    }

    [Test]
    public async Task The_last_use_of_a_key_is_noted_and_once_a_minute_at_most()
    {
        var made = (await Administrator.PostAsync("/v1/keys", """{"name":"test-used","scopes":["council:metz"]}""")).With(HttpStatusCode.Created);
        Assert.That((await ListedAsync(made))["lastUsedAt"], Is.Null);
        using var client = With(made);
        (await client.GetAsync("/v1/councils")).With(HttpStatusCode.OK);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        System.Text.Json.Nodes.JsonNode? used;
        while ((used = (await ListedAsync(made))["lastUsedAt"]) is null)
        {
            limit.Token.ThrowIfCancellationRequested();
        }

        await TestCluster.ExecuteAsync(Database.Service, $"select directory.note_key_use(array['{made.Json.Text("id")}'::uuid])");
        Assert.That((await ListedAsync(made)).Text("lastUsedAt"), Is.EqualTo(used.GetValue<string>()));
    }

    [Test]
    public async Task Keys_are_listed_page_by_page_in_both_directions()
    {
        for (var number = 0; number < 5; number++)
        {
            (await Administrator.PostAsync("/v1/keys", $$"""{"name":"test-page-{{number}}","scopes":["admin"]}""")).With(HttpStatusCode.Created);
        }

        foreach (var sort in new[] { "createdAt", "-createdAt" })
        {
            var all = (await Administrator.GetAsync($"/v1/keys?limit=1000&sort={sort}")).With(HttpStatusCode.OK);
            var ids = new List<string>();
            var next = "";
            do
            {
                var page = (await Administrator.GetAsync($"/v1/keys?limit=2&sort={sort}{next}")).With(HttpStatusCode.OK);
                ids.AddRange(page.Items.Select(key => key.Text("id")));
                next = page.Json["page"]!["next"] is { } cursor ? $"&cursor={cursor.GetValue<string>()}" : null;
            }
            while (next is not null);

            Assert.That(ids, Is.EqualTo(all.Items.Select(key => key.Text("id"))));
            Assert.That(all.Json["page"]!["total"]!.GetValue<int>(), Is.EqualTo(ids.Count));
        }
    }

    [TestCase("""{"name":"x","scopes":["council:test-nowhere"]}""", "/scopes/0", "unknown-scope")]
    [TestCase("""{"name":"x","scopes":["admin","read:restricted:99"]}""", "/scopes/1", "unknown-scope")]
    [TestCase("""{"name":"x","scopes":["council:Metz"]}""", "/scopes/0", "unknown-scope")]
    [TestCase("""{"name":"x","scopes":["write"]}""", "/scopes/0", "unknown-scope")]
    [TestCase("""{"name":"x","scopes":[]}""", "/scopes", "empty")]
    [TestCase("""{"name":"x"}""", "/scopes", "missing-property")]
    [TestCase("""{"scopes":["admin"]}""", "/name", "missing-property")]
    [TestCase("""{"name":"x","scopes":["admin"],"secret":"clsm_test-0001"}""", "/secret", "unknown-property")]
    [TestCase("""{"name":"x","scopes":["admin"],"expiresAt":"2020-01-01T00:00:00Z"}""", "/expiresAt", "already-over")]
    [TestCase("""{"name":"x","scopes":["admin"],"expiresAt":"tomorrow"}""", "/expiresAt", "wrong-type")]
    public async Task What_is_wrong_with_a_key_is_said(string body, string place, string code) =>
        Assert.That((await Administrator.PostAsync("/v1/keys", body)).With(HttpStatusCode.UnprocessableEntity).Error(place).Text("code"), Is.EqualTo(code));

    [TestCase("GET", "/v1/keys?cursor=test", HttpStatusCode.BadRequest)]
    [TestCase("GET", "/v1/keys?sort=name", HttpStatusCode.BadRequest)]
    [TestCase("POST", "/v1/keys/00000000-0000-7000-8000-000000000001/rotate", HttpStatusCode.NotFound)]
    [TestCase("POST", "/v1/keys/test/rotate", HttpStatusCode.NotFound)]
    [TestCase("POST", "/v1/keys/00000000-0000-7000-8000-000000000001/rotate?overlapHours=721", HttpStatusCode.BadRequest)]
    [TestCase("DELETE", "/v1/keys/00000000-0000-7000-8000-000000000001", HttpStatusCode.NotFound)]
    public async Task What_is_no_key_is_refused(string method, string path, HttpStatusCode status) => (await Administrator.SendAsync(new HttpMethod(method), path, null)).With(status);

    [Test]
    public async Task A_cursor_that_was_tampered_with_is_refused()
    {
        var question = "/v1/keys?";
        var invented = new Cursor("test", Guid.Empty, Guid.Empty).Write(question);
        (await Administrator.GetAsync($"/v1/keys?cursor={invented}")).With(HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task An_id_is_given_to_one_key_only()
    {
        const string Body = """{"id":"00000000-0000-7000-8000-00000000000a","name":"x","scopes":["admin"]}""";
        (await Administrator.PostAsync("/v1/keys", Body)).With(HttpStatusCode.Created);
        (await Administrator.PostAsync("/v1/keys", Body)).With(HttpStatusCode.Conflict);
    }

    private Client With(Answer key) => new(Service.Urls.First(), key.Json.Text("secret"));

    private async Task<System.Text.Json.Nodes.JsonNode> ListedAsync(Answer key) =>
        (await Administrator.GetAsync("/v1/keys?limit=1000")).With(HttpStatusCode.OK).Items.Single(item => item.Text("id") == key.Json.Text("id"))!;
}

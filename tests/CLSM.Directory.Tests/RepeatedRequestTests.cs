using System.Net;
using CLSM.Directory.Tests.Hosting;
using Npgsql;

namespace CLSM.Directory.Tests;

/// <summary>A client that did not hear the answer asks again, under the same Idempotency-Key.</summary>
internal sealed class RepeatedRequestTests : DirectoryFixture
{
    private const string Events = "/v1/councils/metz/events";

    [TestCase("/v1/councils/metz/governance-bodies", """{"type":"other","name":"test-repeated"}""")]
    [TestCase("/v1/councils/metz/working-groups", """{"kind":"group","name":"test-repeated"}""")]
    [TestCase("/v1/councils/metz/organisations", """{"name":"test-repeated"}""")]
    [TestCase("/v1/councils/metz/contacts", """{"function":"coordinator","label":"test-repeated","nominative":false,"visibility":"council","phones":["+33387000000"]}""")]
    [TestCase("/v1/councils/metz/events", """{"name":"test-repeated","kind":"sism"}""")]
    [TestCase("/v1/councils", """{"code":"test-repeated","kind":"clsm","name":"x","status":"active"}""")]
    public async Task A_repeated_creation_is_answered_as_the_first_time_and_done_once(string path, string body)
    {
        var key = Key("create");
        var first = (await Administrator.PostAsync(path, body, key)).With(HttpStatusCode.Created);
        var second = (await Administrator.PostAsync(path, body, key)).With(HttpStatusCode.Created);
        Assert.That(second.Body, Is.EqualTo(first.Body));
        Assert.That(second.Headers["Location"], Is.EqualTo(first.Headers["Location"]));
        Assert.That(second.ETag, Is.EqualTo(first.ETag));
        Assert.That(second.Headers["Last-Modified"], Is.EqualTo(first.Headers["Last-Modified"]));
        Assert.That(second.Headers["Content-Type"], Is.EqualTo(first.Headers["Content-Type"]));
        Assert.That(second.Headers["Idempotent-Replayed"], Is.EqualTo("true"));
        Assert.That(first.Headers, Does.Not.ContainKey("Idempotent-Replayed"));
        (await Administrator.PostAsync(path, body)).With(HttpStatusCode.Conflict);
    }

    [Test]
    public async Task The_first_answer_is_given_again_even_after_the_resource_was_changed()
    {
        var key = Key("changed");
        var first = (await Metz.PostAsync(Events, """{"name":"test-then","kind":"sism"}""", key)).With(HttpStatusCode.Created);
        (await Metz.PatchAsync(first.Headers["Location"], """{"name":"test-now"}""", "*")).With(HttpStatusCode.OK);
        Assert.That((await Metz.PostAsync(Events, """{"name":"test-then","kind":"sism"}""", key)).With(HttpStatusCode.Created).Body, Is.EqualTo(first.Body));
    }

    [Test]
    public async Task An_import_is_repeated_with_its_report()
    {
        var key = Key("import");
        async Task<Answer> ImportAsync(string sheets, string query = "")
        {
            using var content = Client.Json(sheets, "application/x-ndjson");
            return await Administrator.SendAsync(HttpMethod.Post, $"/v1/imports{query}", content, key);
        }

        const string Sheet = """{"id":"test-imported","nom":"CLSM"}""";
        var first = (await ImportAsync(Sheet)).With(HttpStatusCode.OK);
        Assert.That(first.Json["summary"]!["created"]!.GetValue<int>(), Is.EqualTo(1));
        var second = (await ImportAsync(Sheet)).With(HttpStatusCode.OK);
        Assert.That(second.Body, Is.EqualTo(first.Body));
        Assert.That(second.Headers["Idempotent-Replayed"], Is.EqualTo("true"));
        (await ImportAsync(Sheet, "?dryRun=true")).With(HttpStatusCode.UnprocessableEntity);
    }

    [Test]
    public async Task Another_body_or_address_under_the_same_key_is_refused()
    {
        var key = Key("other");
        (await Administrator.PostAsync(Events, """{"name":"test-one","kind":"sism"}""", key)).With(HttpStatusCode.Created);
        Assert.That((await Administrator.PostAsync(Events, """{"name":"test-two","kind":"sism"}""", key)).With(HttpStatusCode.UnprocessableEntity).Problem, Is.EqualTo("idempotency-key-reused"));
        (await Administrator.PostAsync("/v1/councils/grenoble/events", """{"name":"test-one","kind":"sism"}""", key)).With(HttpStatusCode.UnprocessableEntity);
        Assert.That((await Anonymous.GetAsync($"{Events}?limit=1000")).Body, Does.Not.Contain("test-two"));
    }

    [Test]
    public async Task Keys_of_other_callers_and_of_other_operations_are_other_keys()
    {
        var key = Key("shared");
        (await Metz.PostAsync(Events, """{"name":"test-mine","kind":"sism"}""", key)).With(HttpStatusCode.Created);
        (await Administrator.PostAsync(Events, """{"name":"test-yours","kind":"sism"}""", key)).With(HttpStatusCode.Created);
        (await Metz.PostAsync("/v1/councils/metz/organisations", """{"name":"test-shared"}""", key)).With(HttpStatusCode.Created);
        (await Anonymous.PostAsync(Events, """{"name":"test-mine","kind":"sism"}""", key)).With(HttpStatusCode.Unauthorized);
        (await Grenoble.PostAsync(Events, """{"name":"test-mine","kind":"sism"}""", key)).With(HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task A_refused_request_may_be_mended_and_sent_again_under_its_key()
    {
        var key = Key("mended");
        (await Metz.PostAsync(Events, """{"name":"test-mended","kind":"sismm"}""", key)).With(HttpStatusCode.UnprocessableEntity);
        (await Metz.PostAsync(Events, """{"name":"test-mended","kind":"sism"}""", key)).With(HttpStatusCode.Created);
    }

    [TestCase("")]
    [TestCase("two words")]
    [TestCase(256)]
    public async Task A_malformed_key_is_refused(object key)
    {
        var text = key as string ?? new string('k', (int)key);
        var refused = (await Metz.PostAsync(Events, """{"name":"test-malformed","kind":"sism"}""", ("Idempotency-Key", text))).With(HttpStatusCode.BadRequest);
        Assert.That(refused.Error("Idempotency-Key").Text("code"), Is.EqualTo("malformed-idempotency-key"));
    }

    [Test]
    public async Task While_the_first_is_under_way_the_second_is_told_to_come_back()
    {
        var key = Key("under-way");
        await using var holder = new NpgsqlConnection(TestCluster.AdministratorOf(Database));
        await holder.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("select from directory.council where code = 'metz' for update", holder, transaction))
        {
            await hold.ExecuteNonQueryAsync();
        }

        var first = Metz.PostAsync(Events, """{"name":"test-slow","kind":"sism"}""", key);
        await UntilWaitingAsync();
        var second = (await Metz.PostAsync(Events, """{"name":"test-slow","kind":"sism"}""", key)).With(HttpStatusCode.Conflict);
        Assert.That(second.Problem, Is.EqualTo("request-under-way"));
        Assert.That(second.Headers["Retry-After"], Is.EqualTo("1"));
        await transaction.RollbackAsync();
        var created = (await first).With(HttpStatusCode.Created);
        Assert.That((await Metz.PostAsync(Events, """{"name":"test-slow","kind":"sism"}""", key)).Body, Is.EqualTo(created.Body));
    }

    [Test]
    public async Task Many_at_once_do_it_once()
    {
        var key = Key("crowd");
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Metz.PostAsync(Events, """{"name":"test-crowd","kind":"sism"}""", key)));
        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(HttpStatusCode.Created).Or.EqualTo(HttpStatusCode.Conflict));
        Assert.That(answers.Where(answer => answer.Status is HttpStatusCode.Conflict).Select(answer => answer.Problem), Is.All.EqualTo("request-under-way"));
        Assert.That(answers.Where(answer => answer.Status is HttpStatusCode.Created).Select(answer => answer.Body).Distinct().Count(), Is.EqualTo(1));
        Assert.That((await Anonymous.GetAsync($"{Events}?limit=1000")).Items.Count(item => item.Text("name") == "test-crowd"), Is.EqualTo(1));
    }

    [Test]
    public async Task After_a_day_the_key_is_free_and_the_answer_gone()
    {
        var key = Key("day");
        (await Metz.PostAsync(Events, """{"name":"test-day","kind":"sism"}""", key)).With(HttpStatusCode.Created);
        await TestCluster.ExecuteAsync(Database.Owner, "update directory.stored_response set stored_at = stored_at - interval '25 hours'");
        (await Metz.PostAsync(Events, """{"name":"test-day","kind":"sism"}""", key)).With(HttpStatusCode.Conflict);
        (await Metz.PostAsync(Events, """{"name":"test-next","kind":"sism"}""", key)).With(HttpStatusCode.Created);
        (await Metz.PostAsync(Events, """{"name":"test-more","kind":"sism"}""", Key("more"))).With(HttpStatusCode.Created);
        Assert.That(await TestCluster.ScalarAsync<long>(Database.Owner, "select count(*) from directory.stored_response where stored_at < now() - interval '24 hours'"), Is.LessThan(20), "each write removes some");
    }

    [Test]
    public async Task Nothing_of_a_contact_can_be_read_in_what_is_kept_and_it_goes_with_the_contact()
    {
        const string Body = """{"function":"coordinator","label":"test-erased","nominative":true,"person":"Test Zero-One","visibility":"council","emails":["test-0001@test.example"],"legalBasis":"consent","source":"site-epsm-metz-jury","reviewOn":"2030-01-01"}""";
        var key = Key("erased");
        var body = Body.Replace("site-epsm-metz-jury", (await Metz.GetAsync("/v1/councils/metz")).Json["sources"]![0].Text("id"), StringComparison.Ordinal);
        var created = (await Metz.PostAsync("/v1/councils/metz/contacts", body, key)).With(HttpStatusCode.Created);
        foreach (var word in new[] { "test-0001@test.example", "Test Zero-One", key.Value })
        {
            Assert.That(
                await TestCluster.ScalarAsync<long>(Database.Owner, $"select count(*) from directory.stored_response k where position('{word}'::bytea in k.response) > 0 or k::text like '%{word}%'"),
                Is.Zero);
        }

        (await Metz.DeleteAsync(created.Headers["Location"], "*")).With(HttpStatusCode.NoContent);
        var gone = (await Metz.PostAsync("/v1/councils/metz/contacts", body, key)).With(HttpStatusCode.Gone);
        Assert.That(gone.Problem, Is.EqualTo("answer-erased"));
        Assert.That(gone.Body, Does.Not.Contain("test-0001@"));
    }

    private static (string Name, string Value) Key(string name) => ("Idempotency-Key", $"test-{name}-{Guid.NewGuid():N}");

    /// <summary>Until a session of the service waits for a lock.</summary>
    private async Task UntilWaitingAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(4));
        while (await TestCluster.ScalarAsync<long>(TestCluster.AdministratorOf(Database), "select count(*) from pg_stat_activity where datname = current_database() and usename = 'clsm_service' and wait_event_type = 'Lock'") == 0)
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}

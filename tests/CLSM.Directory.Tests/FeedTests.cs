using System.Net;
using System.Text.Json.Nodes;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>The change feed as pages: what the public saw happen, in order, by whichever filter.</summary>
internal sealed class FeedTests : DirectoryFixture
{
    private int councils;

    [Test]
    public async Task From_the_beginning_it_tells_how_everything_came_to_be()
    {
        var entries = await new FeedFollower(Anonymous, "&council=metz,grenoble&type=council").CatchUpAsync();
        Assert.That(entries.Take(2).Select(entry => $"{entry.Text("council")} {FeedFollower.Words(entry)} {entry.Text("href")}"), Is.EquivalentTo(
            new[] { "metz created council 1 /v1/councils/metz", "grenoble created council 1 /v1/councils/grenoble" }));
    }

    [Test]
    public async Task An_entry_has_the_members_of_the_contract()
    {
        var (code, _) = await CouncilAsync();
        var follower = await FeedFollower.FromNowAsync(Anonymous, $"&council={code}&type=event");
        var made = (await Administrator.PostAsync($"/v1/councils/{code}/events", """{"name":"test-0001","kind":"sism"}""")).With(HttpStatusCode.Created);
        var entry = (await follower.CatchUpAsync()).Single();
        entry.Without("cursor", "at").ShouldBe($$"""{"council":"{{code}}","type":"event","id":"{{made.Json.Text("id")}}","version":1,"operation":"created","href":"{{made.Headers["Location"]}}"}""");
        (await Anonymous.GetAsync(entry.Text("href"))).With(HttpStatusCode.OK);
        Assert.That(DateTimeOffset.Parse(entry.Text("at"), System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(DateTimeOffset.UtcNow).Within(1).Minutes);
    }

    [Test]
    public async Task The_life_of_a_part_is_told_in_order_and_ends_with_its_tombstone()
    {
        var (code, _) = await CouncilAsync();
        var follower = await FeedFollower.FromNowAsync(Anonymous, $"&council={code}");
        var address = (await Administrator.PostAsync($"/v1/councils/{code}/events", """{"name":"test-0001","kind":"sism"}""")).With(HttpStatusCode.Created).Headers["Location"];
        (await Administrator.PatchAsync(address, """{"recurrence":"yearly"}""", "*")).With(HttpStatusCode.OK);
        (await Administrator.DeleteAsync($"{address}?reason=duplicate", "*")).With(HttpStatusCode.NoContent);
        var entries = await follower.CatchUpAsync(1);
        Assert.That(entries.Where(entry => entry.Text("type") == "event").Select(FeedFollower.Words), Is.EqualTo(new[] { "created event 1", "updated event 2", "removed event 3 duplicate" }));
        Assert.That(entries.Where(entry => entry.Text("type") == "council").Select(FeedFollower.Words), Is.EqualTo(new[] { "updated council 2", "updated council 3", "updated council 4" }));
        Assert.That(entries[^1]["href"] is null || entries[^1].Text("type") == "council", Is.True);
    }

    [Test]
    public async Task A_council_that_is_removed_takes_everything_with_it_and_can_still_be_asked_for()
    {
        var (code, _) = await CouncilAsync(""","events":[{"name":"test-0001","kind":"sism"}]""");
        var follower = await FeedFollower.FromNowAsync(Anonymous, $"&council={code}");
        (await Administrator.DeleteAsync($"/v1/councils/{code}?reason=error", "*")).With(HttpStatusCode.NoContent);
        Assert.That((await follower.CatchUpAsync()).Select(FeedFollower.Words), Is.EquivalentTo(new[] { "removed council 2 error", "removed event 2 error" }));
        Assert.That(follower.Seen.Select(entry => entry["href"]), Is.All.Null);
    }

    [Test]
    public async Task A_merger_is_told_with_its_successors_and_where_the_merged_council_can_be_read()
    {
        var (code, _) = await CouncilAsync(""","events":[{"name":"test-0001","kind":"sism"}]""");
        var follower = await FeedFollower.FromNowAsync(Anonymous, $"&council={code}");
        (await Administrator.PatchAsync($"/v1/councils/{code}", """{"status":"merged","successors":["metz"]}""", "*")).With(HttpStatusCode.OK);
        var entry = (await follower.CatchUpAsync()).Single();
        Assert.That(FeedFollower.Words(entry), Is.EqualTo("updated council 2 merged"));
        entry["successors"].ShouldBe("""["metz"]""");
        Assert.That((await Anonymous.GetAsync(entry.Text("href"))).With(HttpStatusCode.OK).Json.Text("status"), Is.EqualTo("merged"));
        (await Administrator.PatchAsync($"/v1/councils/{code}", """{"shortName":"test"}""", "*")).With(HttpStatusCode.OK);
        Assert.That((await follower.CatchUpAsync()).Select(FeedFollower.Words), Is.EqualTo(new[] { "updated council 3" }), "it merges once");
    }

    [Test]
    public async Task A_merger_is_told_also_where_the_same_document_changed_parts()
    {
        var (code, created) = await CouncilAsync(""","events":[{"name":"test-0001","kind":"sism"}]""");
        var follower = await FeedFollower.FromNowAsync(Anonymous, $"&council={code}&type=council");
        var document = created.Json.AsObject();
        (document["status"], document["successors"]) = ("merged", JsonNode.Parse("""["metz"]"""));
        document["events"]![0]!["recurrence"] = "yearly";
        (await Administrator.PutAsync($"/v1/councils/{code}/document", document.ToJsonString(), "*")).With(HttpStatusCode.OK);
        Assert.That((await follower.CatchUpAsync()).Select(FeedFollower.Words), Is.EqualTo(new[] { "updated council 2 merged" }));
    }

    [Test]
    public async Task What_becomes_restricted_is_removed_and_what_becomes_public_is_created()
    {
        var (code, _) = await CouncilAsync();
        var follower = await FeedFollower.FromNowAsync(Anonymous, $"&council={code}&type=contact");
        var address = (await Administrator.PostAsync($"/v1/councils/{code}/contacts", """{"function":"coordinator","label":"test-0001","nominative":false,"visibility":"council"}""")).With(HttpStatusCode.Created).Headers["Location"];
        await PatchAsync("""{"label":"test-0002"}""");
        await PatchAsync("""{"visibility":"public"}""");
        await PatchAsync("""{"label":"test-0003"}""");
        await PatchAsync("""{"visibility":"council"}""");
        await PatchAsync("""{"label":"test-0004"}""");
        await PatchAsync("""{"visibility":"public"}""");
        await PatchAsync("""{"visibility":"council"}""");
        (await Administrator.DeleteAsync($"{address}?reason=objection", "*")).With(HttpStatusCode.NoContent);
        Assert.That((await follower.CatchUpAsync()).Select(FeedFollower.Words), Is.EqualTo(
            new[] { "created contact 3", "updated contact 4", "removed contact 5 restricted", "created contact 7", "removed contact 8 restricted" }));

        async Task PatchAsync(string patch) => (await Administrator.PatchAsync(address, patch, "*")).With(HttpStatusCode.OK);
    }

    [Test]
    public async Task What_never_was_public_is_in_no_answer_whatever_the_key()
    {
        var (code, _) = await CouncilAsync();
        var follower = await FeedFollower.FromNowAsync(Administrator, $"&council={code}");
        var made = (await Administrator.PostAsync($"/v1/councils/{code}/contacts", """{"function":"coordinator","label":"test-hidden","nominative":false,"visibility":"council"}""")).With(HttpStatusCode.Created);
        (await Administrator.DeleteAsync(made.Headers["Location"], "*")).With(HttpStatusCode.NoContent);
        var entries = await follower.CatchUpAsync();
        Assert.That(entries.Select(entry => entry.Text("type")), Is.All.EqualTo("council"));
        Assert.That(string.Join("", entries.Select(entry => entry.ToJsonString())), Does.Not.Contain(made.Json.Text("id")).And.Not.Contain("hidden"));
    }

    [Test]
    public async Task A_renamed_council_is_found_by_both_codes()
    {
        var (code, _) = await CouncilAsync();
        (await Administrator.PatchAsync($"/v1/councils/{code}", $$"""{"code":"{{code}}-renamed"}""", "*")).With(HttpStatusCode.OK);
        foreach (var name in new[] { code, $"{code}-renamed", $"{code},{code}-renamed" })
        {
            Assert.That((await new FeedFollower(Anonymous, $"&council={name}").CatchUpAsync()).Select(entry => $"{entry.Text("council")} {FeedFollower.Words(entry)}"), Is.EqualTo(
                new[] { $"{code} created council 1", $"{code}-renamed updated council 2" }), name);
        }
    }

    [Test]
    public async Task Every_filter_gives_what_matches_of_all()
    {
        var all = await new FeedFollower(Anonymous).CatchUpAsync(1000);
        var random = new Random(20261122);
        var (codes, types) = (new[] { "metz", "grenoble" }, new[] { "council", "governance-body", "working-group", "organisation", "contact", "event" });
        for (var round = 0; round < 25; round++)
        {
            var council = codes.Where(_ => random.Next(2) == 0).ToList();
            var type = types.Where(_ => random.Next(3) == 0).ToList();
            var filter = (council.Count > 0 ? $"&council={string.Join(',', council)}" : "") + (type.Count > 0 ? $"&type={string.Join(',', type)}" : "");
            var expected = all.Where(entry => (council.Count == 0 || council.Contains(entry.Text("council"))) && (type.Count == 0 || type.Contains(entry.Text("type"))));
            var given = await new FeedFollower(Anonymous, filter).CatchUpAsync(random.Next(1, 30));
            Assert.That(given.Select(entry => entry.Text("cursor")), Is.EqualTo(expected.Select(entry => entry.Text("cursor")).ToList()), filter);
        }
    }

    [Test]
    public async Task The_cursor_of_any_entry_goes_on_from_there_with_any_filter()
    {
        var all = await new FeedFollower(Anonymous).CatchUpAsync(1000);
        var at = all.Count / 2;
        var rest = await new FeedFollower(Anonymous) { After = all[at].Text("cursor") }.CatchUpAsync(1000);
        Assert.That(rest.Select(entry => entry.Text("cursor")), Is.EqualTo(all.Skip(at + 1).Select(entry => entry.Text("cursor")).ToList()));
        var events = await new FeedFollower(Anonymous, "&type=event") { After = all[at].Text("cursor") }.CatchUpAsync();
        Assert.That(events.Select(entry => entry.Text("cursor")), Is.EqualTo(all.Skip(at + 1).Where(entry => entry.Text("type") == "event").Select(entry => entry.Text("cursor")).ToList()));
    }

    [Test]
    public async Task An_empty_page_has_a_cursor_to_go_on_from()
    {
        var latest = (await Anonymous.GetAsync("/v1/changes/latest")).With(HttpStatusCode.OK).Json.Text("cursor");
        var page = (await Anonymous.GetAsync($"/v1/changes?after={latest}")).With(HttpStatusCode.OK);
        page.Json.ShouldBe($$"""{"items":[],"page":{"size":50,"next":null,"after":"{{latest}}"} }""");
        Assert.That(page.Headers.ContainsKey("Link"), Is.False);
    }

    [Test]
    public async Task A_full_page_links_to_the_next_and_keeps_its_filters()
    {
        var page = (await Anonymous.GetAsync("/v1/changes?type=organisation&limit=2")).With(HttpStatusCode.OK);
        var next = page.Json["page"].Text("next");
        Assert.That(next, Is.EqualTo(page.Items[^1].Text("cursor")));
        Assert.That(page.Headers["Link"], Is.EqualTo($"</v1/changes?type=organisation&limit=2&after={next}>; rel=\"next\""));
    }

    [TestCase("/v1/changes/latest")]
    [TestCase("/v1/changes?limit=1000")]
    [TestCase("/v1/changes?limit=2")]
    public async Task What_a_client_holds_already_is_not_sent_again(string path)
    {
        var answer = (await Anonymous.GetAsync(path)).With(HttpStatusCode.OK);
        Assert.That(answer.Headers["Cache-Control"], Does.Contain("public"));
        Assert.That(answer.Headers, Contains.Key("Last-Modified"));
        var again = (await Anonymous.GetAsync(path, ("If-None-Match", answer.ETag))).With(HttpStatusCode.NotModified);
        Assert.That((again.Body, again.ETag), Is.EqualTo(("", answer.ETag)));
    }

    [Test]
    public async Task A_page_of_the_past_stays_as_it_is_and_the_last_one_does_not()
    {
        var (past, end, latest) = (await Anonymous.GetAsync("/v1/changes?limit=2"), await Anonymous.GetAsync("/v1/changes?limit=1000"), await Anonymous.GetAsync("/v1/changes/latest"));
        await CouncilAsync();
        (await Anonymous.GetAsync("/v1/changes?limit=2", ("If-None-Match", past.ETag))).With(HttpStatusCode.NotModified);
        (await Anonymous.GetAsync("/v1/changes?limit=1000", ("If-None-Match", end.ETag))).With(HttpStatusCode.OK);
        (await Anonymous.GetAsync("/v1/changes/latest", ("If-None-Match", latest.ETag))).With(HttpStatusCode.OK);
    }

    private async Task<(string Code, Answer Created)> CouncilAsync(string more = "")
    {
        var code = $"test-feed-{Interlocked.Increment(ref councils)}";
        return (code, (await Administrator.PutAsync($"/v1/councils/{code}/document", $$"""{"code":"{{code}}","kind":"clsm","name":"x","status":"active"{{more}}}""", null)).With(HttpStatusCode.Created));
    }
}

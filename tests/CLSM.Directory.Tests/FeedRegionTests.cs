using System.Net;
using System.Text.Json.Nodes;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>Who follows a region learns of all that comes into it and leaves it, and of nothing else. Metz is in region 44, Grenoble in 84.</summary>
internal sealed class FeedRegionTests : DirectoryFixture
{
    private const string InMetz = """{"type":"commune","code":"57463"}""";
    private const string InNancy = """{"type":"commune","code":"54395"}""";
    private const string InGrenoble = """{"type":"commune","code":"38185"}""";

    private int councils;

    [Test]
    public async Task A_region_has_its_councils_and_no_others()
    {
        var entries = await new FeedFollower(Anonymous, "&region=44&council=metz,grenoble").CatchUpAsync();
        Assert.That(entries.Select(entry => entry.Text("council")).Distinct(), Is.EqualTo(new[] { "metz" }));
        var national = await new FeedFollower(Anonymous, "&council=metz").CatchUpAsync();
        Assert.That(entries.Select(entry => entry.Text("cursor")), Is.EqualTo(national.Select(entry => entry.Text("cursor")).ToList()));
    }

    [Test]
    public async Task A_council_that_is_created_with_its_parts_is_told_once_in_its_region()
    {
        var (here, there) = (await FromNowAsync("44"), await FromNowAsync("84"));
        var code = await CouncilAsync(InMetz);
        Assert.That(await WordsAsync(here, code), Is.EquivalentTo(new[] { "created council 1", "created event 1", "created contact 1" }));
        Assert.That(await WordsAsync(there, code), Is.Empty);
    }

    [Test]
    public async Task A_council_that_moves_is_removed_here_and_created_there_with_all_that_is_public_in_it()
    {
        var code = await CouncilAsync(InMetz);
        var (here, there, both, national) = (await FromNowAsync("44"), await FromNowAsync("84"), await FromNowAsync("44,84"), await FeedFollower.FromNowAsync(Anonymous));
        await MoveAsync(code, InGrenoble);
        Assert.That(await WordsAsync(here, code), Is.EqualTo(new[] { "updated council 2", "removed council 2 moved", "removed contact 1 moved", "removed event 1 moved" }));
        Assert.That(await WordsAsync(there, code), Is.EqualTo(new[] { "created council 2 moved", "created contact 1 moved", "created event 1 moved" }));
        Assert.That(await WordsAsync(both, code), Is.EqualTo(new[] { "updated council 2" }), "to whom it never left");
        Assert.That(await WordsAsync(national, code), Is.EqualTo(new[] { "updated council 2" }));
        (await Anonymous.GetAsync($"/v1/councils/{code}")).With(HttpStatusCode.OK);
    }

    [Test]
    public async Task After_a_move_changes_are_told_there_and_no_longer_here()
    {
        var code = await CouncilAsync(InMetz);
        await MoveAsync(code, InGrenoble);
        var (here, there) = (await FromNowAsync("44"), await FromNowAsync("84"));
        (await Administrator.DeleteAsync($"/v1/councils/{code}?reason=closed", "*")).With(HttpStatusCode.NoContent);
        Assert.That(await WordsAsync(here, code), Is.Empty);
        Assert.That(await WordsAsync(there, code), Is.EquivalentTo(new[] { "removed council 3 closed", "removed event 2 closed", "removed contact 2 closed" }));
    }

    [Test]
    public async Task Within_a_region_nothing_comes_or_goes()
    {
        var code = await CouncilAsync(InMetz);
        var here = await FromNowAsync("44");
        await MoveAsync(code, InNancy);
        Assert.That(await WordsAsync(here, code), Is.EqualTo(new[] { "updated council 2" }));
    }

    [Test]
    public async Task A_council_of_two_regions_leaves_one_only_for_who_does_not_follow_the_other()
    {
        var code = await CouncilAsync($"{InMetz},{InGrenoble}");
        var (here, there, both) = (await FromNowAsync("44"), await FromNowAsync("84"), await FromNowAsync("44,84"));
        await MoveAsync(code, InGrenoble);
        Assert.That((await WordsAsync(here, code)).Count(words => words.StartsWith("removed", StringComparison.Ordinal)), Is.EqualTo(3));
        Assert.That(await WordsAsync(there, code), Is.EqualTo(new[] { "updated council 2" }));
        Assert.That(await WordsAsync(both, code), Is.EqualTo(new[] { "updated council 2" }));
    }

    [Test]
    public async Task A_document_that_moves_its_council_and_changes_its_parts_leaves_nothing_behind()
    {
        var code = await CouncilAsync(InMetz);
        var (here, there) = (await FromNowAsync("44"), await FromNowAsync("84"));
        var document = (await Administrator.GetAsync($"/v1/councils/{code}/document")).Json.AsObject();
        document["territory"] = JsonNode.Parse($$"""{"parts":[{{InGrenoble}}]}""");
        document.Remove("contacts");
        document["events"]!.AsArray().Add(JsonNode.Parse("""{"name":"test-new","kind":"sism"}"""));
        (await Administrator.PutAsync($"/v1/councils/{code}/document", document.ToJsonString(), "*")).With(HttpStatusCode.OK);
        await here.CatchUpAsync();
        await there.CatchUpAsync();
        Assert.That(Kept(here.Seen), Is.Empty);
        Assert.That(there.Seen.Select(FeedFollower.Words), Is.EqualTo(new[] { "created council 2 moved", "created event 1 moved", "created event 1 moved" }));
        Assert.That(there.Seen.Select(entry => entry.Text("id")), Is.Unique);
    }

    [Test]
    public async Task A_council_that_closes_stays_in_its_region_as_closed()
    {
        var code = await CouncilAsync(InMetz);
        var here = await FromNowAsync("44");
        (await Administrator.PatchAsync($"/v1/councils/{code}", """{"status":"closed"}""", "*")).With(HttpStatusCode.OK);
        Assert.That(await WordsAsync(here, code), Is.EqualTo(new[] { "updated council 2 closed" }));
    }

    [Test]
    public async Task A_new_vintage_of_the_reference_moves_who_it_moves()
    {
        var code = await CouncilAsync("""{"type":"commune","code":"54528"}""");
        var (here, there) = (await FromNowAsync("44"), await FromNowAsync("27"));
        await TestCluster.ExecuteAsync(
            TestCluster.AdministratorOf(Database),
            "begin; update directory.reference_commune set region_code = '27' where code = '54528' and type = 'commune'; update directory.reference_state set version = version + 1; commit");
        Assert.That(await WordsAsync(here, code), Is.EqualTo(new[] { "removed council 1 moved", "removed contact 1 moved", "removed event 1 moved" }));
        Assert.That(await WordsAsync(there, code), Is.EqualTo(new[] { "created council 1 moved", "created contact 1 moved", "created event 1 moved" }));
    }

    private Task<FeedFollower> FromNowAsync(string regions) => FeedFollower.FromNowAsync(Anonymous, $"&region={regions}");

    private static async Task<IReadOnlyList<string>> WordsAsync(FeedFollower follower, string council) =>
        [.. (await follower.CatchUpAsync(2)).Where(entry => entry.Text("council") == council).Select(FeedFollower.Words)];

    /// <summary>What a copy still holds that begins before and takes in everything.</summary>
    private static HashSet<string> Kept(IEnumerable<JsonNode> entries)
    {
        var kept = new HashSet<string>();
        foreach (var entry in entries)
        {
            _ = entry.Text("operation") == "removed" ? kept.Remove(entry.Text("id")) : kept.Add(entry.Text("id"));
        }

        return kept;
    }

    private async Task<string> CouncilAsync(string parts)
    {
        var code = $"test-region-{Interlocked.Increment(ref councils)}";
        var document = $$"""
            {"code":"{{code}}","kind":"clsm","name":"x","status":"active","territory":{"parts":[{{parts}}]},"events":[{"name":"test-0001","kind":"sism"}],
             "contacts":[{"function":"coordinator","label":"test-0001","nominative":false,"visibility":"public"},{"function":"coordinator","label":"test-hidden","nominative":false,"visibility":"council"}]}
            """;
        (await Administrator.PutAsync($"/v1/councils/{code}/document", document, null)).With(HttpStatusCode.Created);
        return code;
    }

    private async Task MoveAsync(string code, string parts) =>
        (await Administrator.PatchAsync($"/v1/councils/{code}", $$"""{"territory":{"parts":[{{parts}}]} }""", "*")).With(HttpStatusCode.OK);
}

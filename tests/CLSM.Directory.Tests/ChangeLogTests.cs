using System.Net;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>The change log that the feed will be read from: nothing missing, nothing twice, nothing that is not the public's.</summary>
internal sealed class ChangeLogTests : DirectoryFixture
{
    [Test]
    public async Task Writers_at_once_number_their_changes_without_a_gap()
    {
        foreach (var council in Enumerable.Range(1, 6))
        {
            (await Administrator.PostAsync("/v1/councils", $$"""{"code":"test-{{council}}","kind":"clsm","name":"x","status":"active"}""")).With(HttpStatusCode.Created);
        }

        await Task.WhenAll(Enumerable.Range(0, 60).Select(async number =>
            (await Administrator.PostAsync($"/v1/councils/test-{(number % 6) + 1}/events", $$"""{"name":"test-{{number}}","kind":"sism"}""")).With(HttpStatusCode.Created)));

        var administrator = TestCluster.AdministratorOf(Database);
        Assert.That(await TestCluster.ScalarAsync<long>(administrator, "select count(*) from directory.change"), Is.EqualTo(await TestCluster.ScalarAsync<long>(administrator, "select cursor from directory.change_head")));
        Assert.That(await TestCluster.ScalarAsync<long>(administrator, "select max(cursor) from directory.change"), Is.EqualTo(await TestCluster.ScalarAsync<long>(administrator, "select cursor from directory.change_head")));
        Assert.That(await TestCluster.ScalarAsync<long>(administrator, "select count(*) from directory.change where type = 'event' and council_code ~ '^test-[0-9]$'"), Is.EqualTo(60));
    }

    [Test]
    public async Task A_repair_by_plain_SQL_is_a_change_like_any_other()
    {
        var before = await Anonymous.GetAsync("/v1/councils/metz/governance-bodies?type=steering-committee");
        await TestCluster.ExecuteAsync(
            TestCluster.AdministratorOf(Database),
            """
            update directory.governance_body set statement = jsonb_set(statement, '{purpose}', '"test-repaired"')
            where type = 'steering-committee' and council_id = (select id from directory.council where code = 'metz')
            """);
        var after = await Anonymous.GetAsync("/v1/councils/metz/governance-bodies?type=steering-committee");
        Assert.That(after.ETag, Is.Not.EqualTo(before.ETag));
        Assert.That(after.Items[0]!["version"]!.GetValue<int>(), Is.EqualTo(before.Items[0]!["version"]!.GetValue<int>() + 1));
        Assert.That(await LastChangeAsync("governance-body"), Is.EqualTo("updated metz"));
        Assert.That(await LastChangeAsync("council"), Is.EqualTo("updated metz"));
    }

    [Test]
    public async Task A_write_that_changes_nothing_is_no_change()
    {
        var head = await HeadAsync();
        await TestCluster.ExecuteAsync(TestCluster.AdministratorOf(Database), "update directory.event set statement = statement; update directory.council set statement = statement");
        Assert.That(await HeadAsync(), Is.EqualTo(head));
    }

    [Test]
    public async Task A_restricted_contact_leaves_no_public_trace()
    {
        var contact = (await Metz.PostAsync("/v1/councils/metz/contacts", """{"function":"coordinator","label":"test-trace","nominative":false,"visibility":"council"}""")).With(HttpStatusCode.Created);
        (await Metz.DeleteAsync(contact.Headers["Location"], "*")).With(HttpStatusCode.NoContent);
        var id = contact.Json.Text("id");
        Assert.That(await TestCluster.ScalarAsync<long>(TestCluster.AdministratorOf(Database), $"select count(*) from directory.change where id = '{id}' and (public_before or public_after)"), Is.Zero);
        Assert.That(await TestCluster.ScalarAsync<long>(Database.Reader, $"select count(*) from published.removal where id = '{id}'"), Is.Zero);
    }

    [Test]
    public async Task No_change_holds_a_value_of_a_contact()
    {
        (await Metz.PostAsync("/v1/councils/metz/contacts", """{"function":"coordinator","label":"test-value","nominative":false,"visibility":"public","emails":["test-0001@test.example"]}""")).With(HttpStatusCode.Created);
        Assert.That(await TestCluster.ScalarAsync<long>(TestCluster.AdministratorOf(Database), "select count(*) from directory.change c where c::text like '%test-0001@%' or c::text like '%test-value%'"), Is.Zero);
    }

    [Test]
    public async Task What_comes_back_after_a_removal_goes_on_counting_its_versions()
    {
        var created = (await Administrator.PutAsync("/v1/councils/test-back/document", """{"code":"test-back","kind":"clsm","name":"x","status":"active","events":[{"name":"test-1","kind":"sism"}]}""", null)).With(HttpStatusCode.Created);
        (await Administrator.PutAsync("/v1/councils/test-back/document", created.Json.Without("events").ToJsonString(), "*")).With(HttpStatusCode.OK);
        var back = (await Administrator.PutAsync("/v1/councils/test-back/document", created.Body, "*")).With(HttpStatusCode.OK);
        Assert.That(back.Json["events"]![0]!["version"]!.GetValue<int>(), Is.EqualTo(3));
    }

    private async Task<string> LastChangeAsync(string type) =>
        await TestCluster.ScalarAsync<string>(TestCluster.AdministratorOf(Database), $"select operation || ' ' || council_code from directory.change where type = '{type}' order by cursor desc limit 1");

    private async Task<long> HeadAsync() => await TestCluster.ScalarAsync<long>(Database.Reader, "select cursor from published.change_head");
}

using System.Net;
using System.Text.Json.Nodes;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>The life of a part of a council, the same for all kinds.</summary>
internal sealed class PartTests : DirectoryFixture
{
    private static readonly PartSample[] Kinds = PartSample.All;

    [TestCaseSource(nameof(Kinds))]
    public async Task A_part_is_created_read_changed_and_removed(PartSample sample)
    {
        var list = $"/v1/councils/metz/{sample.Path}";
        var created = (await Metz.PostAsync(list, sample.Renamed("test-life"))).With(HttpStatusCode.Created);
        var address = created.Headers["Location"];
        Assert.That(created.ETag, Is.EqualTo("\"1\""));

        var read = (await Anonymous.GetAsync(address)).With(HttpStatusCode.OK);
        Assert.That(read.Body, Is.EqualTo(created.Body));

        var patched = (await Metz.PatchAsync(address, sample.Patch, read.ETag)).With(HttpStatusCode.OK);
        Assert.That(patched.ETag, Is.EqualTo("\"2\""));
        foreach (var (member, value) in JsonNode.Parse(sample.Patch)!.AsObject())
        {
            patched.Json[member].ShouldBe(value!.ToJsonString());
        }

        var replaced = (await Metz.PutAsync(address, sample.Renamed("test-life"), patched.ETag)).With(HttpStatusCode.OK);
        replaced.Json.Without("version", "updatedAt").ShouldBe(created.Json.Without("version", "updatedAt").ToJsonString());

        (await Metz.DeleteAsync($"{address}?reason=error", replaced.ETag)).With(HttpStatusCode.NoContent);
        var gone = (await Anonymous.GetAsync(address)).With(HttpStatusCode.Gone);
        Assert.That(gone.Body, Does.Contain("error"));
        (await Metz.PatchAsync(address, sample.Patch, "*")).With(HttpStatusCode.Gone);
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task A_part_sent_back_as_it_was_read_changes_nothing(PartSample sample)
    {
        var created = (await Metz.PostAsync($"/v1/councils/metz/{sample.Path}", sample.Renamed("test-same"))).With(HttpStatusCode.Created);
        var before = (await Anonymous.GetAsync("/v1/councils/metz")).ETag;
        var again = (await Metz.PutAsync(created.Headers["Location"], created.Body, created.ETag)).With(HttpStatusCode.OK);
        Assert.That(again.Body, Is.EqualTo(created.Body));
        Assert.That((await Anonymous.GetAsync("/v1/councils/metz")).ETag, Is.EqualTo(before));
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task A_part_of_the_same_type_and_name_is_refused(PartSample sample)
    {
        var list = $"/v1/councils/metz/{sample.Path}";
        (await Metz.PostAsync(list, sample.Renamed("test-once"))).With(HttpStatusCode.Created);
        var twice = (await Metz.PostAsync(list, sample.Renamed("TEST-ONCE"))).With(HttpStatusCode.Conflict);
        Assert.That(twice.Problem, Is.EqualTo("already-exists"));
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task A_wrong_part_is_refused_with_its_place_and_nothing_is_stored(PartSample sample)
    {
        var list = $"/v1/councils/metz/{sample.Path}";
        var before = (await Metz.GetAsync(list)).Body;
        (await Metz.PostAsync(list, sample.BadJson)).With(HttpStatusCode.UnprocessableEntity).Error(sample.BadPlace);
        Assert.That((await Metz.GetAsync(list)).Body, Is.EqualTo(before));
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task What_the_directory_keeps_is_not_taken_from_a_request(PartSample sample)
    {
        var list = $"/v1/councils/metz/{sample.Path}";
        var forged = JsonNode.Parse(sample.Renamed("test-forged"))!.AsObject();
        forged["id"] = "00000000-0000-7000-8000-000000000001";
        forged["version"] = 7;
        var refused = (await Metz.PostAsync(list, forged.ToJsonString())).With(HttpStatusCode.UnprocessableEntity);
        Assert.That(refused.Error("/id").Text("code"), Is.EqualTo("read-only"));
        Assert.That(refused.Error("/version").Text("code"), Is.EqualTo("read-only"));

        var created = (await Metz.PostAsync(list, sample.Renamed("test-kept"))).With(HttpStatusCode.Created);
        (await Metz.PatchAsync(created.Headers["Location"], """{"version":9}""", "*")).With(HttpStatusCode.UnprocessableEntity).Error("/version");
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task A_write_needs_the_version_that_was_read(PartSample sample)
    {
        var created = (await Metz.PostAsync($"/v1/councils/metz/{sample.Path}", sample.Renamed("test-version"))).With(HttpStatusCode.Created);
        var address = created.Headers["Location"];
        (await Metz.PatchAsync(address, sample.Patch, null)).With(HttpStatusCode.PreconditionRequired);
        (await Metz.PutAsync(address, created.Body, null)).With(HttpStatusCode.PreconditionRequired);
        (await Metz.DeleteAsync(address, null)).With(HttpStatusCode.PreconditionRequired);
        (await Metz.PatchAsync(address, sample.Patch, created.ETag)).With(HttpStatusCode.OK);
        var stale = (await Metz.PatchAsync(address, sample.Patch, created.ETag)).With(HttpStatusCode.PreconditionFailed);
        Assert.That(stale.ETag, Is.EqualTo("\"2\""));
        (await Metz.DeleteAsync(address, created.ETag)).With(HttpStatusCode.PreconditionFailed);
        (await Metz.DeleteAsync(address, "W/\"2\"")).With(HttpStatusCode.PreconditionFailed);
        (await Metz.DeleteAsync(address, "2")).With(HttpStatusCode.BadRequest);
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task Of_two_writers_on_one_version_one_wins(PartSample sample)
    {
        var created = (await Metz.PostAsync($"/v1/councils/metz/{sample.Path}", sample.Renamed("test-race"))).With(HttpStatusCode.Created);
        var writers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Metz.PatchAsync(created.Headers["Location"], sample.Patch, created.ETag)));
        Assert.That(writers.Count(answer => answer.Status == HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(writers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed), Is.EqualTo(7));
    }

    [Test]
    public async Task An_organisation_that_others_refer_to_cannot_be_removed()
    {
        var organisations = (await Anonymous.GetAsync("/v1/councils/grenoble/organisations")).Items;
        var hospital = organisations.Single(item => item!["acronym"]?.GetValue<string>() == "CHAI")!.Text("id");
        var refused = (await Grenoble.DeleteAsync($"/v1/councils/grenoble/organisations/{hospital}", "*")).With(HttpStatusCode.Conflict);
        Assert.That(refused.Problem, Is.EqualTo("organisation-in-use"));
    }

    [Test]
    public async Task An_organisation_is_referred_to_by_name_by_acronym_or_by_id()
    {
        var organisation = (await Metz.PostAsync("/v1/councils/metz/organisations", """{"name":"test-hospital","acronym":"TH"}""")).With(HttpStatusCode.Created).Json.Text("id");
        foreach (var (name, reference) in new[] { ("n", """{"name":"Test-Hospital"}"""), ("a", """{"name":"TH"}"""), ("i", $$"""{"id":"{{organisation}}"}""") })
        {
            var body = (await Metz.PostAsync("/v1/councils/metz/governance-bodies", $$"""{"type":"other","name":"test-{{name}}","posts":[{"function":"chair","holderOrganisation":{{reference}} }]}""")).With(HttpStatusCode.Created);
            body.Json["posts"]!.ShouldBe($$"""[{"function":"chair","holderOrganisation":{"id":"{{organisation}}","name":"test-hospital"} }]""");
        }
    }

    [Test]
    public async Task A_reference_to_an_organisation_of_another_council_is_refused()
    {
        var others = (await Anonymous.GetAsync("/v1/councils/grenoble/organisations?limit=1")).Items[0]!.Text("id");
        var refused = (await Metz.PostAsync("/v1/councils/metz/governance-bodies", $$"""{"type":"other","name":"test-foreign","posts":[{"function":"chair","holderOrganisation":{"id":"{{others}}"} }]}""")).With(HttpStatusCode.UnprocessableEntity);
        Assert.That(refused.Error("/posts/0/holderOrganisation/id").Text("code"), Is.EqualTo("unknown-organisation"));
    }

    [Test]
    public async Task Renaming_an_organisation_renames_it_wherever_it_is_referred_to()
    {
        var organisation = (await Metz.PostAsync("/v1/councils/metz/organisations", """{"name":"test-former"}""")).With(HttpStatusCode.Created);
        var body = (await Metz.PostAsync("/v1/councils/metz/governance-bodies", """{"type":"other","name":"test-referrer","composition":[{"label":"x","organisation":{"name":"test-former"}}]}""")).With(HttpStatusCode.Created);
        (await Metz.PatchAsync(organisation.Headers["Location"], """{"name":"test-present"}""", "*")).With(HttpStatusCode.OK);
        var after = await Anonymous.GetAsync(body.Headers["Location"]);
        Assert.That(after.Json["composition"]![0]!["organisation"].Text("name"), Is.EqualTo("test-present"));
        Assert.That(after.ETag, Is.EqualTo("\"2\""), "who refers to it has changed too, and a follower must learn it");
    }

    [Test]
    public async Task A_nominative_contact_needs_a_legal_basis_a_source_and_a_review_date()
    {
        var refused = (await Metz.PostAsync("/v1/councils/metz/contacts", """{"function":"coordinator","label":"test-person","nominative":true,"visibility":"public"}""")).With(HttpStatusCode.UnprocessableEntity);
        Assert.That(new[] { "/legalBasis", "/source", "/reviewOn" }.Select(place => refused.Error(place).Text("code")), Is.All.EqualTo("needed-when-nominative"));
        var named = (await Metz.PostAsync("/v1/councils/metz/contacts", """{"function":"coordinator","label":"test-person","person":"test","nominative":false,"visibility":"public"}""")).With(HttpStatusCode.UnprocessableEntity);
        Assert.That(named.Error("/person").Text("code"), Is.EqualTo("person-not-nominative"));
    }

    [Test]
    public async Task Two_organisations_of_a_council_cannot_share_an_identifier()
    {
        (await Metz.PostAsync("/v1/councils/metz/organisations", """{"name":"test-rna-1","identifiers":{"rna":"W000000001"}}""")).With(HttpStatusCode.Created);
        (await Metz.PostAsync("/v1/councils/metz/organisations", """{"name":"test-rna-2","identifiers":{"rna":"W000000001"}}""")).With(HttpStatusCode.Conflict);
        var found = (await Anonymous.GetAsync("/v1/organisations?identifier=rna:W000000001&fields=council,name")).With(HttpStatusCode.OK);
        found.Items.ShouldBe("""[{"council":"metz","name":"test-rna-1"}]""");
    }
}

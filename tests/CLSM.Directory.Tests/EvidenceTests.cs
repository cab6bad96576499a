using System.Net;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>Evidence follows what it speaks of.</summary>
internal sealed class EvidenceTests : DirectoryFixture
{
    [Test]
    public async Task A_member_that_a_coordinator_changes_is_stated_by_the_council_itself()
    {
        var committee = await CommitteeAsync();
        Assert.That(committee.Json["evidence"]!["/openness"].Text("state"), Is.EqualTo("not-stated"));
        var changed = (await Metz.PatchAsync(Address(committee), """{"openness":"members"}""", committee.ETag)).With(HttpStatusCode.OK);
        changed.Json["evidence"]!["/openness"].ShouldBe("""{"state":"stated","source":"council"}""");
        Assert.That(changed.Json["evidence"]!["/meetingFrequency"].Text("state"), Is.EqualTo("not-stated"), "what was not changed keeps its evidence");

        var withdrawn = (await Metz.PatchAsync(Address(committee), """{"openness":null,"evidence":{"/openness":{"state":"not-stated","source":null}}}""", changed.ETag)).With(HttpStatusCode.OK);
        withdrawn.Json.Without("version", "updatedAt").ShouldBe(committee.Json.Without("version", "updatedAt").ToJsonString());
    }

    [Test]
    public async Task The_evidence_that_a_patch_states_is_kept()
    {
        var committee = await CommitteeAsync();
        var changed = (await Metz.PatchAsync(Address(committee), """{"purpose":"test-0001","evidence":{"/purpose":{"state":"inferred","reason":"test"}}}""", committee.ETag)).With(HttpStatusCode.OK);
        changed.Json["evidence"]!["/purpose"].ShouldBe("""{"state":"inferred","reason":"test"}""");
        (await Metz.PutAsync(Address(committee), committee.Body.Replace($"\"version\":{committee.Json["version"]}", $"\"version\":{changed.Json["version"]}", StringComparison.Ordinal).Replace(committee.Json.Text("updatedAt"), changed.Json.Text("updatedAt"), StringComparison.Ordinal), "*")).With(HttpStatusCode.OK);
    }

    [Test]
    public async Task A_member_is_named_by_its_key_and_never_by_its_position()
    {
        var committee = await CommitteeAsync();
        var refused = (await Metz.PatchAsync(Address(committee), """{"evidence":{"/posts/0":{"state":"stated","source":"page-epsm-metz-jury"}}}""", "*")).With(HttpStatusCode.UnprocessableEntity);
        Assert.That(refused.Error("/evidence/~1posts~10").Text("closest"), Is.EqualTo("/posts/chair"));
    }

    private async Task<Answer> CommitteeAsync()
    {
        var id = (await Anonymous.GetAsync("/v1/councils/metz/governance-bodies?type=steering-committee&fields=id")).Items[0].Text("id");
        return (await Anonymous.GetAsync($"/v1/councils/metz/governance-bodies/{id}")).With(HttpStatusCode.OK);
    }

    private static string Address(Answer part) => $"/v1/councils/metz/governance-bodies/{part.Json.Text("id")}";
}

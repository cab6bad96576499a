using System.Net;
using System.Text.Json.Nodes;
using CLSM.Directory.Api.Features.Sandbox;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CLSM.Directory.Tests.PartTypes;

/// <summary>
/// A kind of parts is one definition, one line of composition and one call of the SQL template: a kind that only this test
/// knows has all that the others have. A council document leaves it alone, because the document is a record of the contract
/// and has no member for it.
/// </summary>
internal sealed class TestPartTests : DirectoryFixture
{
    private const string List = "/v1/councils/metz/test-parts";

    protected override Task PrepareAsync() => TestCluster.ExecuteAsync(
        Database.Owner,
        """
        select directory.create_part(
            'test_part',
            name_member => 'name',
            word_paths => array['$.name', '$.colour'],
            optional_members => array['colour', 'organisation'],
            columns => $$colour text generated always as (statement ->> 'colour') stored$$)
        """);

    protected override void Adjust(WebApplicationBuilder builder) => builder.Services.AddPartType<TestPartType>();

    [Test]
    public async Task A_part_of_it_is_created_read_changed_and_removed_and_the_change_feed_says_so()
    {
        var created = (await Metz.PostAsync(List, """{"name":"test-life","colour":"green"}""")).With(HttpStatusCode.Created);
        var address = created.Headers["Location"];
        Assert.That((await Anonymous.GetAsync(address)).With(HttpStatusCode.OK).Body, Is.EqualTo(created.Body));
        var complete = (await Anonymous.GetAsync($"{address}?evidence=true")).With(HttpStatusCode.OK).Json;
        Assert.That(complete["evidence"]!["/organisation"]!.Text("state"), Is.EqualTo("not-stated"));

        var patched = (await Metz.PatchAsync(address, """{"colour":"red"}""", created.ETag)).With(HttpStatusCode.OK);
        Assert.That(patched.Json.Text("colour"), Is.EqualTo("red"));
        var replaced = (await Metz.PutAsync(address, """{"name":"test-life","colour":"green"}""", patched.ETag)).With(HttpStatusCode.OK);
        replaced.Json.Without("version", "updatedAt").ShouldBe(created.Json.Without("version", "updatedAt").ToJsonString());
        (await Metz.DeleteAsync($"{address}?reason=error", replaced.ETag)).With(HttpStatusCode.NoContent);
        (await Anonymous.GetAsync(address)).With(HttpStatusCode.Gone);

        var id = created.Json.Text("id");
        var changes = (await Anonymous.GetAsync("/v1/changes?council=metz&type=test-part&limit=1000")).With(HttpStatusCode.OK).Items
            .Where(change => change.Text("id") == id).ToList();
        Assert.That(changes.Select(change => change.Text("operation")), Is.EqualTo(new[] { "created", "updated", "updated", "removed" }));
        Assert.That(changes[0].Text("href"), Is.EqualTo(address));
        Assert.That((await Metz.GetAsync("/v1/councils/metz/history?limit=1000")).Body, Does.Contain(id));
    }

    [Test]
    public async Task A_wrong_part_of_it_is_refused_with_its_place()
    {
        (await Metz.PostAsync(List, """{"colour":"green"}""")).With(HttpStatusCode.UnprocessableEntity).Error("/name");
        (await Metz.PostAsync(List, """{"name":"test-wrong","colour":"transparent"}"""))
            .With(HttpStatusCode.UnprocessableEntity).Error("/colour");
        (await Metz.PostAsync(List, """{"name":"test-once"}""")).With(HttpStatusCode.Created);
        var twice = (await Metz.PostAsync(List, """{"name":"test-once"}""")).With(HttpStatusCode.Conflict);
        Assert.That(twice.Problem, Is.EqualTo("already-exists"));
    }

    [Test]
    public async Task Another_council_neither_finds_nor_writes_it()
    {
        var created = (await Metz.PostAsync(List, """{"name":"test-guarded"}""")).With(HttpStatusCode.Created);
        var address = created.Headers["Location"];
        (await Grenoble.PostAsync(List, """{"name":"test-intruder"}""")).With(HttpStatusCode.Forbidden);
        (await Grenoble.PutAsync(address, created.Body, "*")).With(HttpStatusCode.Forbidden);
        (await Grenoble.DeleteAsync(address, "*")).With(HttpStatusCode.Forbidden);
        (await Anonymous.DeleteAsync(address, "*")).With(HttpStatusCode.Unauthorized);

        var moved = address.Replace("/metz/", "/grenoble/", StringComparison.Ordinal);
        (await Grenoble.GetAsync(moved)).With(HttpStatusCode.NotFound);
        (await Grenoble.PatchAsync(moved, """{"colour":"red"}""", "*")).With(HttpStatusCode.NotFound);
        var own = (await Grenoble.GetAsync("/v1/councils/grenoble/test-parts")).With(HttpStatusCode.OK);
        Assert.That(own.Body, Does.Not.Contain("test-guarded"));
        Assert.That((await Anonymous.GetAsync(address)).Body, Is.EqualTo(created.Body));
    }

    [Test]
    public async Task Its_lists_have_its_own_filters_and_those_of_every_kind()
    {
        await Metz.PostAsync(List, """{"name":"test-list violet","colour":"violet"}""");
        await Metz.PostAsync(List, """{"name":"test-list bare"}""");
        await Grenoble.PostAsync("/v1/councils/grenoble/test-parts", """{"name":"test-list elsewhere","colour":"violet"}""");

        await ShouldList($"{List}?colour=violet", "test-list violet");
        await ShouldList("/v1/test-parts?colour=violet&sort=-name", "test-list violet", "test-list elsewhere");
        await ShouldList("/v1/test-parts?colour=violet&council=metz&region=44", "test-list violet");
        await ShouldList("/v1/test-parts?colour=violet&region=84", "test-list elsewhere");
        await ShouldList("/v1/test-parts?q=test-list+bare&missing=colour", "test-list bare");
        await ShouldList("/v1/test-parts?colour=violet&updatedSince=2100-01-01");
        var searched = await Anonymous.PostAsync("/v1/test-parts/search", """{"colour":["violet"],"council":["metz"]}""");
        Assert.That(searched.With(HttpStatusCode.OK).Items.Select(item => item.Text("name")), Is.EqualTo(new[] { "test-list violet" }));
        (await Anonymous.GetAsync("/v1/test-parts?color=violet")).With(HttpStatusCode.BadRequest);

        const string Single = "/v1/test-parts?colour=violet&limit=1&fields=name";
        var page = (await Anonymous.GetAsync(Single)).With(HttpStatusCode.OK);
        var next = (await Anonymous.GetAsync($"{Single}&cursor={page.Json["page"]!.Text("next")}")).With(HttpStatusCode.OK);
        Assert.That(
            page.Items.Concat(next.Items).Select(item => item.Text("name")),
            Is.EquivalentTo(new[] { "test-list violet", "test-list elsewhere" }));
    }

    [Test]
    public async Task It_follows_the_name_of_an_organisation_and_holds_it()
    {
        var owner = (await Metz.PostAsync("/v1/councils/metz/organisations", """{"name":"test-owner"}""")).With(HttpStatusCode.Created);
        var part = (await Metz.PostAsync(List, """{"name":"test-owned","organisation":{"name":"test-owner"}}"""))
            .With(HttpStatusCode.Created);
        (await Metz.PostAsync(List, """{"name":"test-other","organisation":{"name":"test-ower"}}"""))
            .With(HttpStatusCode.UnprocessableEntity).Error("/organisation/name");
        var held = (await Metz.DeleteAsync(owner.Headers["Location"], "*")).With(HttpStatusCode.Conflict);
        Assert.That(held.Problem, Is.EqualTo("organisation-in-use"));
        (await Metz.PatchAsync(owner.Headers["Location"], """{"name":"test-owner renamed"}""", "*")).With(HttpStatusCode.OK);
        var follower = (await Anonymous.GetAsync(part.Headers["Location"])).With(HttpStatusCode.OK).Json;
        Assert.That(follower["organisation"]!.Text("name"), Is.EqualTo("test-owner renamed"));
    }

    [Test]
    public async Task A_document_leaves_it_as_it_is()
    {
        var part = (await Metz.PostAsync(List, """{"name":"test-beyond"}""")).With(HttpStatusCode.Created);
        var document = (await Metz.GetAsync("/v1/councils/metz/document")).With(HttpStatusCode.OK);
        Assert.That(document.Body, Does.Not.Contain("test-beyond"));
        var emptied = document.Json.Without("events", "evidence");
        (await Metz.PutAsync("/v1/councils/metz/document", emptied.ToJsonString(), "*")).With(HttpStatusCode.OK);
        Assert.That((await Anonymous.GetAsync(part.Headers["Location"])).Body, Is.EqualTo(part.Body));

        var foreign = document.Json;
        foreign["testParts"] = new JsonArray(new JsonObject { ["name"] = "test-foreign" });
        (await Metz.PutAsync("/v1/councils/metz/document", foreign.ToJsonString(), "*"))
            .With(HttpStatusCode.UnprocessableEntity).Error("/testParts");
    }

    [Test]
    public async Task The_sandbox_loses_it_with_its_reset()
    {
        var part = (await Player.PostAsync("/v1/councils/sandbox/test-parts", """{"name":"test-played"}""")).With(HttpStatusCode.Created);
        var sandbox = Service.Services.GetRequiredService<TenantScope<SandboxReset>>();
        await sandbox.RunAsync(reset => reset.RunAsync(null, CancellationToken.None));
        Assert.That((await Anonymous.GetAsync(part.Headers["Location"])).With(HttpStatusCode.Gone).Body, Does.Contain("reset"));
    }

    [Test]
    public async Task It_is_exported()
    {
        await Metz.PostAsync(List, """{"name":"test-exported","colour":"grey"}""");
        var csv = (await Anonymous.GetAsync("/v1/exports/test-parts.csv?colour=grey&delimiter=,")).With(HttpStatusCode.OK).Body;
        Assert.That(csv, Does.Contain("council,id,name,colour,inferred").And.Contain("test-exported,grey"));
        var lines = (await Anonymous.GetAsync("/v1/exports/test-parts.ndjson?colour=grey")).With(HttpStatusCode.OK);
        Assert.That(lines.Body, Does.Contain("test-exported"));
    }

    [Test]
    public async Task The_contract_of_a_service_with_it_describes_it()
    {
        var contract = (await Anonymous.GetAsync("/openapi/v1.json")).With(HttpStatusCode.OK).Json;
        var create = contract["paths"]!["/v1/councils/{council}/test-parts"]!["post"]!;
        Assert.That(create.Text("summary"), Is.EqualTo("Add a test part"));
        var record = contract["components"]!["schemas"]!["TestPart"]!["properties"]!.AsObject();
        Assert.That(record.Select(member => member.Key), Does.Contain("colour"));
    }

    private async Task ShouldList(string address, params string[] names)
    {
        var list = (await Anonymous.GetAsync(address)).With(HttpStatusCode.OK);
        Assert.That(list.Items.Select(item => item.Text("name")), Is.EqualTo(names), address);
    }
}

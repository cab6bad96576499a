using System.Net;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CLSM.Directory.Tests;

/// <summary>Nobody reaches another council's rows: with all locks on, with the query filters off, with row security off.</summary>
[TestFixture(Locks.All)]
[TestFixture(Locks.WithoutQueryFilters)]
[TestFixture(Locks.WithoutRowSecurity)]
internal sealed class TenancyTests(Locks locks) : LockedFixture(locks)
{
    private const string Restricted = """{"function":"coordinator","label":"test-restricted","nominative":false,"visibility":"council","phones":["+33100000001"]}""";

    private static readonly PartSample[] Kinds = PartSample.All;

    [Test]
    public async Task The_query_filter_is_in_the_statements_unless_it_was_taken_off()
    {
        await using var scope = Service.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(new TenantInfo(Guid.CreateVersion7(), "metz"));
        var sql = scope.ServiceProvider.GetRequiredService<CouncilDbContext>().Contacts.ToQueryString();
        Assert.That(sql.Contains("WHERE", StringComparison.Ordinal), Is.EqualTo(Locks is not Locks.WithoutQueryFilters));
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task Another_councils_parts_never_appear(PartSample sample)
    {
        var mine = (await Metz.PostAsync($"/v1/councils/metz/{sample.Path}", sample.Renamed("test-mine"))).With(HttpStatusCode.Created).Json.Text("id");
        var own = (await Metz.GetAsync($"/v1/councils/metz/{sample.Path}?limit=1000&fields=id")).With(HttpStatusCode.OK);
        var others = (await Grenoble.GetAsync($"/v1/councils/grenoble/{sample.Path}?limit=1000&fields=id")).With(HttpStatusCode.OK);
        Assert.That(own.Items.Select(item => item.Text("id")), Does.Contain(mine));
        Assert.That(others.Items.Select(item => item.Text("id")), Does.Not.Contain(mine));
        Assert.That(own.Items.Select(item => item.Text("id")).Intersect(others.Items.Select(item => item.Text("id"))), Is.Empty);
        Assert.That(own.Json["page"]!["total"]!.GetValue<int>(), Is.EqualTo(own.Items.Count));
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task A_part_is_not_found_under_another_council(PartSample sample)
    {
        var mine = (await Metz.PostAsync($"/v1/councils/metz/{sample.Path}", sample.Renamed("test-elsewhere"))).With(HttpStatusCode.Created);
        var moved = mine.Headers["Location"].Replace("/metz/", "/grenoble/", StringComparison.Ordinal);
        (await Grenoble.GetAsync(moved)).With(HttpStatusCode.NotFound);
        (await Grenoble.PutAsync(moved, mine.Body, "*")).With(HttpStatusCode.NotFound);
        (await Grenoble.PatchAsync(moved, sample.Patch, "*")).With(HttpStatusCode.NotFound);
        (await Grenoble.DeleteAsync(moved, "*")).With(HttpStatusCode.NotFound);
        Assert.That((await Anonymous.GetAsync(mine.Headers["Location"])).Body, Is.EqualTo(mine.Body));
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task The_key_of_another_council_writes_nothing(PartSample sample)
    {
        var mine = (await Metz.PostAsync($"/v1/councils/metz/{sample.Path}", sample.Renamed("test-guarded"))).With(HttpStatusCode.Created);
        (await Grenoble.PostAsync($"/v1/councils/metz/{sample.Path}", sample.Renamed("test-intruder"))).With(HttpStatusCode.Forbidden);
        (await Grenoble.PutAsync(mine.Headers["Location"], mine.Body, "*")).With(HttpStatusCode.Forbidden);
        (await Grenoble.PatchAsync(mine.Headers["Location"], sample.Patch, "*")).With(HttpStatusCode.Forbidden);
        (await Grenoble.DeleteAsync(mine.Headers["Location"], "*")).With(HttpStatusCode.Forbidden);
        (await Anonymous.DeleteAsync(mine.Headers["Location"], "*")).With(HttpStatusCode.Unauthorized);
        Assert.That((await Anonymous.GetAsync(mine.Headers["Location"])).Body, Is.EqualTo(mine.Body));
    }

    [Test]
    public async Task A_restricted_contact_is_seen_by_its_council_alone()
    {
        var contact = (await Metz.PostAsync("/v1/councils/metz/contacts", Restricted)).With(HttpStatusCode.Created);
        var address = contact.Headers["Location"];
        (await Metz.GetAsync(address)).With(HttpStatusCode.OK);
        foreach (var stranger in new[] { Anonymous, Grenoble })
        {
            var absent = (await stranger.GetAsync(address)).With(HttpStatusCode.NotFound);
            var never = (await stranger.GetAsync("/v1/councils/metz/contacts/00000000-0000-7000-8000-000000000000")).With(HttpStatusCode.NotFound);
            Assert.That(absent.Problem, Is.EqualTo(never.Problem), "its existence must not show");
            Assert.That((await stranger.GetAsync("/v1/councils/metz/contacts?limit=1000")).Body, Does.Not.Contain("test-restricted"));
            Assert.That((await stranger.GetAsync("/v1/contacts?limit=1000")).Body, Does.Not.Contain("test-restricted"));
            Assert.That((await stranger.GetAsync("/v1/councils/metz/document")).Body, Does.Not.Contain("test-restricted"));
        }

        Assert.That((await Metz.GetAsync("/v1/councils/metz/document")).Body, Does.Contain("test-restricted"));
        (await Metz.DeleteAsync(address, "*")).With(HttpStatusCode.NoContent);
        (await Anonymous.GetAsync(address)).With(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Writing_to_one_council_leaves_every_other_as_it_was()
    {
        var before = (await Grenoble.GetAsync("/v1/councils/grenoble/document")).Body;
        var metz = await Metz.GetAsync("/v1/councils/metz/document");
        var emptied = metz.Json.Without("governanceBodies", "workingGroups", "contacts", "events", "evidence");
        (await Metz.PutAsync("/v1/councils/metz/document", emptied.ToJsonString(), "*")).With(HttpStatusCode.OK);
        (await Metz.PutAsync("/v1/councils/metz/document", metz.Body, "*")).With(HttpStatusCode.OK);
        Assert.That((await Grenoble.GetAsync("/v1/councils/grenoble/document")).Body, Is.EqualTo(before));
    }

    [Test]
    public async Task A_pooled_connection_carries_no_tenant_over()
    {
        (await Metz.GetAsync("/v1/councils/metz/contacts")).With(HttpStatusCode.OK);
        var pool = Service.Services.GetRequiredKeyedService<NpgsqlDataSource>("service");
        for (var attempt = 0; attempt < 20; attempt++)
        {
            await using var command = pool.CreateCommand("select coalesce(current_setting('clsm.council', true), '')");
            Assert.That(await command.ExecuteScalarAsync(), Is.EqualTo(""));
        }
    }

    [Test]
    public async Task Without_a_council_nothing_is_read()
    {
        await using var scope = Service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CouncilDbContext>();
        await Assert.ThatAsync(() => database.Councils.ToListAsync(), Throws.InvalidOperationException);
    }

    [Test]
    public async Task A_unit_of_work_cannot_touch_two_councils()
    {
        await using var scope = Service.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<ITenantStore>();
        var metz = ((TenantLookup.Found)await store.FindAsync("metz", default)).Tenant;
        var grenoble = ((TenantLookup.Found)await store.FindAsync("grenoble", default)).Tenant;
        var tenant = scope.ServiceProvider.GetRequiredService<TenantContext>();
        tenant.Enter(metz);
        Assert.That(() => tenant.Enter(grenoble), Throws.InvalidOperationException);

        var database = scope.ServiceProvider.GetRequiredService<CouncilDbContext>();
        var foreign = new EventType().NewRow(grenoble.Id, new CouncilEvent { Name = "test-foreign", Kind = "sism" }, Guid.CreateVersion7());
        database.Add(foreign);
        await Assert.ThatAsync(() => database.SaveChangesAsync(), Throws.InvalidOperationException);
    }
}

using System.Net;
using CLSM.Directory.Api.Security.Callers;
using CLSM.Directory.Tests.Hosting;
using Npgsql;

namespace CLSM.Directory.Tests;

/// <summary>An agency sees the contacts for partners of the councils of its region, in all ways out that are a council's own, and nothing more.</summary>
[TestFixture(Locks.All)]
[TestFixture(Locks.WithoutQueryFilters)]
[TestFixture(Locks.WithoutRowSecurity)]
internal sealed class AgencyTests(Locks locks) : LockedFixture(locks)
{
    private readonly Dictionary<string, string> addresses = [];
    private Client grandEst = null!;
    private Client auvergneRhoneAlpes = null!;

    [OneTimeSetUp]
    public async Task WriteAsync()
    {
        grandEst = await AgencyAsync("44");
        auvergneRhoneAlpes = await AgencyAsync("84");
        foreach (var visibility in new[] { "public", "partners", "council" })
        {
            var contact = $$"""{"function":"coordinator","label":"test-{{visibility}}","nominative":false,"visibility":"{{visibility}}","phones":["+33387000000"]}""";
            addresses[visibility] = (await Metz.PostAsync("/v1/councils/metz/contacts", contact)).With(HttpStatusCode.Created).Headers["Location"];
        }
    }

    [OneTimeTearDown]
    public void End()
    {
        grandEst?.Dispose();
        auvergneRhoneAlpes?.Dispose();
    }

    [TestCase("public", HttpStatusCode.OK, HttpStatusCode.OK)]
    [TestCase("partners", HttpStatusCode.OK, HttpStatusCode.NotFound)]
    [TestCase("council", HttpStatusCode.NotFound, HttpStatusCode.NotFound)]
    public async Task A_contact_is_there_for_the_agency_of_its_region(string visibility, HttpStatusCode own, HttpStatusCode other)
    {
        (await grandEst.GetAsync(addresses[visibility])).With(own);
        var refused = (await auvergneRhoneAlpes.GetAsync(addresses[visibility])).With(other);

        // What it may not see looks like what never was.
        if (other is HttpStatusCode.NotFound)
        {
            var never = await auvergneRhoneAlpes.GetAsync("/v1/councils/metz/contacts/00000000-0000-7000-8000-000000000001");
            Assert.That(refused.Json.Without("detail", "instance").ToJsonString(), Is.EqualTo(never.Json.Without("detail", "instance").ToJsonString()));
        }
    }

    [Test]
    public async Task Lists_and_documents_of_a_council_show_the_same()
    {
        foreach (var path in new[] { "/v1/councils/metz/contacts?limit=1000", "/v1/councils/metz/document" })
        {
            Assert.That((await grandEst.GetAsync(path)).With(HttpStatusCode.OK).Body, Does.Contain("test-public").And.Contain("test-partners").And.Not.Contain("test-council"));
            Assert.That((await auvergneRhoneAlpes.GetAsync(path)).With(HttpStatusCode.OK).Body, Does.Contain("test-public").And.Not.Contain("test-partners").And.Not.Contain("test-council"));
            Assert.That((await Metz.GetAsync(path)).With(HttpStatusCode.OK).Body, Does.Contain("test-partners").And.Contain("test-council"));
        }
    }

    [Test]
    public async Task National_lists_stay_public() =>
        Assert.That((await grandEst.GetAsync("/v1/contacts?limit=1000&council=metz")).With(HttpStatusCode.OK).Body, Does.Contain("test-public").And.Not.Contain("test-partners"));

    [Test]
    public async Task Views_of_the_same_document_have_tags_of_their_own_and_no_cache_shares_them()
    {
        var agency = await grandEst.GetAsync("/v1/councils/metz/document");
        var own = await Metz.GetAsync("/v1/councils/metz/document");
        Assert.That(new[] { agency.ETag, own.ETag, (await Anonymous.GetAsync("/v1/councils/metz/document")).ETag }, Is.Unique);
        Assert.That(agency.Headers["Cache-Control"], Does.Contain("private"));
        var (agencyList, ownList) = (await grandEst.GetAsync("/v1/councils/metz/contacts"), await Metz.GetAsync("/v1/councils/metz/contacts"));
        Assert.That(agencyList.ETag, Is.Not.EqualTo(ownList.ETag));
        (await Metz.PutAsync("/v1/councils/metz/document", agency.Body, agency.ETag)).With(HttpStatusCode.PreconditionFailed);
    }

    [Test]
    public async Task An_agency_writes_nothing()
    {
        (await grandEst.PatchAsync(addresses["partners"], """{"label":"x"}""", "*")).With(HttpStatusCode.Forbidden);
        (await grandEst.DeleteAsync(addresses["council"], "*")).With(HttpStatusCode.Forbidden);
        (await grandEst.PatchAsync("/v1/councils/metz", """{"shortName":"x"}""", "*")).With(HttpStatusCode.Forbidden);
    }

    [TestCase("44", 1)]
    [TestCase("84", 0)]
    [TestCase("84,44", 1)]
    [TestCase("", 0)]
    public async Task The_database_itself_shows_no_more(string regions, int count)
    {
        await using var connection = new NpgsqlConnection(Database.Service);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("select set_config('clsm.regions', $1, true)", connection, transaction) { Parameters = { new() { Value = regions } } };
        await command.ExecuteNonQueryAsync();
        await using var counting = new NpgsqlCommand(
            "select count(*) filter (where name = 'test-partners'), count(*) filter (where visibility = 'council') from partners.contact where council_code = 'metz'", connection, transaction);
        await using var reader = await counting.ExecuteReaderAsync();
        await reader.ReadAsync();
        Assert.That((reader.GetInt64(0), reader.GetInt64(1)), Is.EqualTo(((long)count, 0L)));
    }

    [TestCase("select * from partners.contact")]
    [TestCase("select * from directory.api_key_entry")]
    [TestCase("select directory.revoke_api_key(gen_random_uuid())")]
    public async Task The_national_reader_has_no_part_in_it(string sql)
    {
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => TestCluster.ExecuteAsync(Database.Reader, sql));
        Assert.That(refusal!.SqlState, Is.EqualTo(PostgresErrorCodes.InsufficientPrivilege));
    }

    private async Task<Client> AgencyAsync(string region)
    {
        var (_, secret) = await Keys.CreateAsync($"agency {region}", new GrantedScopes(false, [], [region]), null, CancellationToken.None);
        return new Client(Service.Urls.First(), secret);
    }
}

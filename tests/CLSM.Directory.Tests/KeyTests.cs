using System.Net;
using CLSM.Directory.Api.Security.ApiKeys;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>Keys: who may write what.</summary>
internal sealed class KeyTests : DirectoryFixture
{
    private const string Patch = """{"shortName":"test-0001"}""";

    [Test]
    public async Task A_key_may_hold_several_councils()
    {
        using var coordinator = await WithKeyAsync("shared", false, "metz", "grenoble");
        (await coordinator.PatchAsync("/v1/councils/metz", Patch, "*")).With(HttpStatusCode.OK);
        (await coordinator.PatchAsync("/v1/councils/grenoble", Patch, "*")).With(HttpStatusCode.OK);
        (await coordinator.DeleteAsync("/v1/councils/metz", "*")).With(HttpStatusCode.Forbidden);
        (await coordinator.PostAsync("/v1/councils", """{"code":"test-0001","kind":"clsm","name":"x","status":"active"}""")).With(HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task A_revoked_key_is_refused_even_for_reading()
    {
        var (id, secret) = await Keys.CreateAsync("revoked", true, [], null, CancellationToken.None);
        using var client = new Client(Service.Urls.First(), secret);
        (await client.GetAsync("/v1/councils")).With(HttpStatusCode.OK);
        Assert.That(await Keys.RevokeAsync(id.ToString(), CancellationToken.None), Is.EqualTo(1));
        Assert.That((await client.GetAsync("/v1/councils")).With(HttpStatusCode.Unauthorized).Problem, Is.EqualTo("invalid-key"));
        (await client.PatchAsync("/v1/councils/metz", Patch, "*")).With(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task An_expired_key_is_refused()
    {
        var (_, secret) = await Keys.CreateAsync("expired", true, [], DateTime.UtcNow.AddMinutes(-1), CancellationToken.None);
        using var client = new Client(Service.Urls.First(), secret);
        (await client.PatchAsync("/v1/councils/metz", Patch, "*")).With(HttpStatusCode.Unauthorized);
    }

    [TestCase("Bearer test-0001")]
    [TestCase("Bearer")]
    [TestCase("Basic dGVzdDp0ZXN0")]
    [TestCase("Bearer clsm_0000000000000000000000000000000000000000000000000")]
    public async Task What_is_no_key_is_refused_and_never_taken_for_anonymous(string header)
    {
        var refused = (await Anonymous.GetAsync("/v1/councils", ("Authorization", header))).With(HttpStatusCode.Unauthorized);
        Assert.That(refused.Headers["WWW-Authenticate"], Does.StartWith("Bearer"));
    }

    [Test]
    public async Task A_key_is_stored_hashed_and_listed_without_its_secret()
    {
        var (id, secret) = await Keys.CreateAsync("listed", false, ["metz"], null, CancellationToken.None);
        var entry = (await Keys.ListAsync(CancellationToken.None)).Single(key => key.Id == id);
        Assert.That(entry.Councils, Is.EqualTo(new[] { "metz" }));
        Assert.That(entry.ToString(), Does.Not.Contain(secret));
        var stored = await TestCluster.ScalarAsync<string>(Database.Owner, $"select row(k.*)::text from directory.api_key k where id = '{id}'");
        Assert.That(stored, Does.Not.Contain(secret[5..20]));
    }

    [Test]
    public async Task A_key_for_an_unknown_council_is_not_created() =>
        await Assert.ThatAsync(() => Keys.CreateAsync("unknown", false, ["test-nowhere"], null, CancellationToken.None), Throws.InstanceOf<UnknownScopeException>());

    [Test]
    public void A_mistyped_key_is_told_from_an_unknown_one()
    {
        var key = ApiKeySecret.Create();
        Assert.That(ApiKeySecret.IsWellFormed(key), Is.True);
        Assert.That(ApiKeySecret.IsWellFormed(key[..^1] + (key[^1] == 'A' ? 'B' : 'A')), Is.False);
        Assert.That(ApiKeySecret.IsWellFormed(key[..10] + (key[10] == 'A' ? 'B' : 'A') + key[11..]), Is.False);
    }
}

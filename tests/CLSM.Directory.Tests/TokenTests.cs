using System.Net;
using System.Security.Cryptography;
using System.Text;
using CLSM.Directory.Api;
using CLSM.Directory.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace CLSM.Directory.Tests;

/// <summary>Bearer tokens of an OpenID Connect issuer: the same scopes as keys, and none that was not signed for us.</summary>
internal sealed class TokenTests : DirectoryFixture
{
    private const string Patch = """{"shortName":"test-0001"}""";

    private readonly MovableTime time = new();
    private TestIssuer issuer = null!;

    protected override IReadOnlyList<string> Settings =>
    [
        .. base.Settings, "--OpenIdConnect:Issuer", issuer.Address, "--OpenIdConnect:Audience", TestIssuer.Audience,
        "--OpenIdConnect:ScopeClaims", "scope clsm_scopes", "--OpenIdConnect:ScopePrefix", "clsm:",
    ];

    protected override async Task PrepareAsync() => issuer = await TestIssuer.StartAsync();

    protected override void Adjust(WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(time);

    [SetUp]
    public void BeginAnew()
    {
        issuer.IsAway = false;
        issuer.Pretends = null;

        // Whatever was asked of the issuer before is long ago.
        time.Ahead += TimeSpan.FromHours(2);
    }

    [OneTimeTearDown]
    public async Task EndAsync() => await issuer.DisposeAsync();

    [Test]
    public async Task A_token_grants_what_its_scopes_say_as_a_key_does()
    {
        await IsAsync(Scopes("openid clsm:council:metz"), HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden);
        await IsAsync(Scopes("clsm:council:metz clsm:council:grenoble clsm:council:test-nowhere"), HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden);
        await IsAsync(Scopes("clsm:admin"), HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK);
        await IsAsync(Scopes("profile"), HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden);
        await IsAsync(Scopes("admin council:metz"), HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden);
        await IsAsync(new() { ["clsm_scopes"] = new[] { "clsm:council:grenoble" } }, HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.Forbidden);
        await IsAsync(new() { ["roles"] = new[] { "clsm:admin" } }, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task A_token_of_an_agency_sees_the_contacts_for_partners_of_its_region()
    {
        var path = (await Metz.PostAsync("/v1/councils/metz/contacts", """{"function":"coordinator","label":"test-partners","nominative":false,"visibility":"partners"}""")).With(HttpStatusCode.Created).Headers["Location"];
        (await GetAsync(issuer.Token(Scopes("clsm:read:restricted:44")), path)).With(HttpStatusCode.OK);
        (await GetAsync(issuer.Token(Scopes("clsm:read:restricted:84")), path)).With(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task An_administrator_with_a_token_manages_keys_and_repeats_requests()
    {
        using var client = new Client(Service.Urls.First(), issuer.Token(Scopes("clsm:admin")));
        var key = ("Idempotency-Key", $"test-{Guid.NewGuid():N}");
        var made = (await client.PostAsync("/v1/keys", """{"name":"test-token","scopes":["admin"]}""", key)).With(HttpStatusCode.Created);

        // The same subject with its next token.
        using var later = new Client(Service.Urls.First(), issuer.Token(Scopes("clsm:admin"), expiresIn: 301));
        Assert.That((await later.PostAsync("/v1/keys", """{"name":"test-token","scopes":["admin"]}""", key)).With(HttpStatusCode.Created).Body, Is.EqualTo(made.Body));
    }

    [Test]
    public async Task What_does_not_hold_is_refused_and_never_taken_for_anonymous()
    {
        using var stranger = RSA.Create(2048);
        var strangersKey = new RsaSecurityKey(stranger) { KeyId = issuer.Key.KeyId };
        var publicKey = Encoding.ASCII.GetBytes(issuer.Key.Rsa.ExportSubjectPublicKeyInfoPem());
        var good = issuer.Token(Scopes("clsm:admin"));
        var parts = good.Split('.');
        Dictionary<string, string> tokens = new()
        {
            ["expired"] = issuer.Token(Scopes("clsm:admin"), expiresIn: -120, startsIn: -300),
            ["not yet"] = issuer.Token(Scopes("clsm:admin"), startsIn: 120),
            ["another issuer"] = issuer.Token(Scopes("clsm:admin"), issuer: "https://issuer.test.example"),
            ["another audience"] = issuer.Token(Scopes("clsm:admin"), audience: "test-other"),
            ["another key under the same id"] = issuer.Token(Scopes("clsm:admin"), new SigningCredentials(strangersKey, SecurityAlgorithms.RsaSha256)),
            ["HS256 with the public key as PEM"] = issuer.Token(Scopes("clsm:admin"), new SigningCredentials(new SymmetricSecurityKey(publicKey) { KeyId = issuer.Key.KeyId }, SecurityAlgorithms.HmacSha256)),
            ["HS256 with the modulus"] = issuer.Token(Scopes("clsm:admin"), new SigningCredentials(new SymmetricSecurityKey(issuer.Key.Rsa.ExportParameters(false).Modulus) { KeyId = issuer.Key.KeyId }, SecurityAlgorithms.HmacSha256)),
            ["alg none"] = $"{Encoded("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.",
            ["alg None with the signature"] = $"{Encoded("""{"alg":"None"}""")}.{parts[1]}.{parts[2]}",
            ["no signature"] = $"{parts[0]}.{parts[1]}.",
            ["other claims under the signature"] = $"{parts[0]}.{Encoded($$"""{"iss":"{{issuer.Address}}","aud":"{{TestIssuer.Audience}}","sub":"x","exp":9999999999,"scope":"clsm:admin"}""")}.{parts[2]}",
            ["a key of its own in the header"] = $"{Encoded("""{"alg":"RS256","jwk":{"kty":"RSA","n":"AQAB","e":"AQAB"}}""")}.{parts[1]}.{parts[2]}",
            ["two parts"] = $"{parts[0]}.{parts[1]}",
            ["nonsense"] = "a.b.c",
            ["far too long"] = $"{parts[0]}.{new string('A', 20_000)}.{parts[2]}",
        };
        await Assert.MultipleAsync(async () =>
        {
            foreach (var (name, token) in tokens)
            {
                var answer = await GetAsync(token);
                Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Unauthorized), name);
                Assert.That(answer.Headers["WWW-Authenticate"], Does.Contain("invalid_token"), name);
            }
        });
        (await GetAsync(good)).With(HttpStatusCode.OK);
    }

    [Test]
    public async Task Clocks_may_differ_by_a_minute()
    {
        (await GetAsync(issuer.Token(expiresIn: -30, startsIn: -300))).With(HttpStatusCode.OK);
        (await GetAsync(issuer.Token(startsIn: 30))).With(HttpStatusCode.OK);
        (await GetAsync(issuer.Token(expiresIn: -90, startsIn: -300))).With(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task A_new_key_of_the_issuer_is_taken_and_the_old_one_is_not()
    {
        var old = issuer.Token();
        (await GetAsync(old)).With(HttpStatusCode.OK);
        issuer.Rotate();
        (await GetAsync(issuer.Token())).With(HttpStatusCode.OK);
        (await GetAsync(old)).With(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task Nobody_makes_the_directory_ask_the_issuer_again_and_again()
    {
        (await GetAsync(issuer.Token())).With(HttpStatusCode.OK);
        var asked = issuer.Asked;
        using var stranger = RSA.Create(2048);
        for (var number = 0; number < 10; number++)
        {
            var key = new RsaSecurityKey(stranger) { KeyId = $"test-{number}" };
            (await GetAsync(issuer.Token(credentials: new SigningCredentials(key, SecurityAlgorithms.RsaSha256)))).With(HttpStatusCode.Unauthorized);
        }

        Assert.That(issuer.Asked - asked, Is.LessThanOrEqualTo(1));
    }

    [Test]
    public async Task While_the_issuer_is_away_known_keys_go_on_and_unknown_ones_are_no_verdict()
    {
        (await GetAsync(issuer.Token())).With(HttpStatusCode.OK);
        issuer.IsAway = true;
        time.Ahead += TimeSpan.FromHours(2);
        (await GetAsync(issuer.Token())).With(HttpStatusCode.OK);
        time.Ahead += TimeSpan.FromMinutes(1);
        issuer.Rotate();
        var unknown = (await GetAsync(issuer.Token())).With(HttpStatusCode.ServiceUnavailable);
        Assert.That(unknown.Problem, Is.EqualTo("issuer-unavailable"));
        Assert.That(unknown.Headers, Does.ContainKey("Retry-After"));
        issuer.IsAway = false;
        time.Ahead += TimeSpan.FromMinutes(1);
        (await GetAsync(issuer.Token())).With(HttpStatusCode.OK);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_issuer_that_was_never_reached_or_is_another_is_no_verdict_and_keys_and_reading_go_on(bool isAway)
    {
        await using var other = await TestIssuer.StartAsync();
        other.IsAway = isAway;
        other.Pretends = "https://issuer.test.example";
        await using var service = DirectoryApplication.Build(
            Database, ["--urls", "http://127.0.0.1:0", "--OpenIdConnect:Issuer", other.Address, "--OpenIdConnect:Audience", TestIssuer.Audience], Adjust);
        await service.StartAsync();
        var (_, secret) = await Keys.CreateAsync("beside", true, [], null, CancellationToken.None);
        using var token = new Client(service.Urls.First(), other.Token());
        using var key = new Client(service.Urls.First(), secret);
        using var anonymous = new Client(service.Urls.First(), null);
        Assert.That((await token.GetAsync("/v1/councils")).With(HttpStatusCode.ServiceUnavailable).Problem, Is.EqualTo("issuer-unavailable"));
        (await key.GetAsync("/v1/councils")).With(HttpStatusCode.OK);
        (await anonymous.GetAsync("/v1/councils")).With(HttpStatusCode.OK);
        await service.StopAsync();
    }

    [Test]
    public async Task Without_an_issuer_no_token_holds()
    {
        await using var service = DirectoryApplication.Build(Database, ["--urls", "http://127.0.0.1:0"]);
        await service.StartAsync();
        using var client = new Client(service.Urls.First(), issuer.Token());
        (await client.GetAsync("/v1/councils")).With(HttpStatusCode.Unauthorized);
        await service.StopAsync();
    }

    [TestCase("--OpenIdConnect:Issuer", "http://issuer.test.example")]
    [TestCase("--OpenIdConnect:Issuer", "nonsense")]
    [TestCase("--OpenIdConnect:Issuer", "https://issuer.test.example")]
    [TestCase("--OpenIdConnect:ClockSkewSeconds", "3000", "--OpenIdConnect:Issuer", "https://issuer.test.example", "--OpenIdConnect:Audience", "x")]
    public void An_issuer_that_is_half_configured_stops_the_start(params string[] settings) =>
        Assert.That(() => DirectoryApplication.Build(Database, settings), Throws.InvalidOperationException);

    private async Task IsAsync(Dictionary<string, object> claims, HttpStatusCode metz, HttpStatusCode grenoble, HttpStatusCode keys)
    {
        using var client = new Client(Service.Urls.First(), issuer.Token(claims));
        (await client.GetAsync("/v1/councils")).With(HttpStatusCode.OK);
        (await client.PatchAsync("/v1/councils/metz", Patch, "*")).With(metz);
        (await client.PatchAsync("/v1/councils/grenoble", Patch, "*")).With(grenoble);
        (await client.GetAsync("/v1/keys")).With(keys);
    }

    private async Task<Answer> GetAsync(string token, string path = "/v1/councils")
    {
        using var client = new Client(Service.Urls.First(), token);
        return await client.GetAsync(path);
    }

    private static Dictionary<string, object> Scopes(string scopes) => new() { ["scope"] = scopes };

    private static string Encoded(string json) => Base64UrlEncoder.Encode(json);

    /// <summary>The present, moved ahead.</summary>
    private sealed class MovableTime : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}

using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CLSM.Directory.Tests.Hosting;

/// <summary>An OpenID Connect issuer of its own: serves its discovery document and its keys over HTTP, and signs tokens.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = "clsm-directory";

    private readonly WebApplication server;
    private readonly List<RsaSecurityKey> keys = [];

    private TestIssuer(WebApplication server)
    {
        this.server = server;
        Rotate();
    }

    public string Address => server.Urls.First();

    /// <summary>Answers nothing but failures.</summary>
    public bool IsAway { get; set; }

    /// <summary>How often it was asked for its keys.</summary>
    public int Asked { get; private set; }

    /// <summary>Says that it is another.</summary>
    public string? Pretends { get; set; }

    public RsaSecurityKey Key => keys[^1];

    public static async Task<TestIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var issuer = new TestIssuer(builder.Build());
        issuer.server.MapGet("/.well-known/openid-configuration", () => issuer.IsAway
            ? Results.StatusCode(500)
            : Results.Text($$"""{"issuer":"{{issuer.Pretends ?? issuer.Address}}","jwks_uri":"{{issuer.Address}}/keys"}""", "application/json"));
        issuer.server.MapGet("/keys", () =>
        {
            issuer.Asked++;
            return issuer.IsAway ? Results.StatusCode(500) : Results.Text($$"""{"keys":[{{string.Join(',', issuer.keys.Select(Published))}}]}""", "application/json");
        });
        await issuer.server.StartAsync();
        return issuer;
    }

    /// <summary>Signs with a new key from now on; the former ones are published no more.</summary>
    public void Rotate()
    {
        keys.Clear();
        keys.Add(new RsaSecurityKey(RSA.Create(2048)) { KeyId = $"test-{Guid.NewGuid():N}" });
    }

    /// <summary>A token that holds, but for what is said otherwise.</summary>
    public string Token(Dictionary<string, object>? claims = null, SigningCredentials? credentials = null, string? issuer = null, string? audience = null, int expiresIn = 300, int startsIn = -10) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Address,
            Audience = audience ?? Audience,
            NotBefore = DateTime.UtcNow.AddSeconds(startsIn),
            IssuedAt = DateTime.UtcNow.AddSeconds(startsIn),
            Expires = DateTime.UtcNow.AddSeconds(expiresIn),
            Claims = new Dictionary<string, object>(claims ?? []) { ["sub"] = "test-0001" },
            SigningCredentials = credentials ?? new SigningCredentials(Key, SecurityAlgorithms.RsaSha256),
        });

    public async ValueTask DisposeAsync()
    {
        await server.StopAsync();
        await server.DisposeAsync();
    }

    private static string Published(RsaSecurityKey key)
    {
        var numbers = key.Rsa.ExportParameters(false);
        return $$"""{"kty":"RSA","use":"sig","alg":"RS256","kid":"{{key.KeyId}}","n":"{{Base64UrlEncoder.Encode(numbers.Modulus)}}","e":"{{Base64UrlEncoder.Encode(numbers.Exponent)}}"}""";
    }
}

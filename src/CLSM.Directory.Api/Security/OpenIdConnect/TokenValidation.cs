using System.Security.Claims;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Security.ApiKeys;
using CLSM.Directory.Api.Security.Callers;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Npgsql;

namespace CLSM.Directory.Api.Security.OpenIdConnect;

/// <summary>Checks bearer tokens of the issuer, and reads from their claims the same scopes that keys have.</summary>
internal sealed class TokenValidation(
    IOptions<OpenIdConnectOptions> options, SigningKeyCache keys, [FromKeyedServices(DataSources.Service)] NpgsqlDataSource database)
{
    private readonly OpenIdConnectOptions settings = options.Value;

    // Signatures by a private key only: what the issuer publishes must not be able to sign.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 16 * 1024 };

    public bool IsConfigured => settings.Issuer is not null;

    /// <summary>The bearer of the token, or null where it does not hold.</summary>
    /// <exception cref="IssuerUnavailableException">That cannot be known at present.</exception>
    public async Task<ClaimsIdentity?> ValidateAsync(string token, string scheme, CancellationToken cancellationToken)
    {
        if (!Handler.CanReadToken(token))
        {
            return null;
        }

        var configuration = await keys.GetAsync(cancellationToken);
        var result = await Handler.ValidateTokenAsync(token, Parameters(configuration));
        if (result.Exception is SecurityTokenInvalidSignatureException
            && await keys.RefreshAsync(configuration, cancellationToken) is { } present)
        {
            result = await Handler.ValidateTokenAsync(token, Parameters(present));
        }

        return result.IsValid && result.ClaimsIdentity.FindFirst(JwtRegisteredClaimNames.Sub)?.Value is { Length: > 0 } subject
            ? await IdentityAsync(scheme, subject, result.ClaimsIdentity, cancellationToken)
            : null;
    }

    private async Task<ClaimsIdentity> IdentityAsync(string scheme, string subject, ClaimsIdentity claims, CancellationToken cancellationToken)
    {
        var words = claims.Claims
            .Where(claim => settings.ScopeClaimNames.Contains(claim.Type))
            .SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(word => word.StartsWith(settings.ScopePrefix, StringComparison.Ordinal))
            .Select(word => word[settings.ScopePrefix.Length..]);
        var (scopes, _) = GrantedScopes.Read(words);
        IEnumerable<Guid> councils = [];
        if (scopes.Councils.Count > 0)
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            councils = (await ApiKeyQueries.CouncilIdsAsync(connection, scopes.Councils, cancellationToken)).Values.Distinct();
        }

        return Caller.Identity(scheme, $"subject:{settings.Issuer!.OriginalString} {subject}", subject, scopes.IsAdministrator, councils, scopes.Regions);
    }

    private TokenValidationParameters Parameters(OpenIdConnectConfiguration configuration) => new()
    {
        ValidIssuer = settings.Issuer!.OriginalString,
        ValidAudience = settings.Audience,
        ValidAlgorithms = Algorithms,
        IssuerSigningKeys = configuration.SigningKeys,
        ClockSkew = TimeSpan.FromSeconds(settings.ClockSkewSeconds),
    };
}

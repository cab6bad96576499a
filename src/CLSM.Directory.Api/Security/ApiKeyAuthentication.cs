using System.Security.Claims;
using System.Text.Encodings.Web;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Security.ApiKeys;
using CLSM.Directory.Api.Security.Callers;
using CLSM.Directory.Api.Security.OpenIdConnect;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CLSM.Directory.Api.Security;

/// <summary>
/// Authenticates <c>Authorization: Bearer …</c>: a key, or a token of the configured issuer. Both have the same scopes. Invalid credentials
/// fail; they are never treated as anonymous access.
/// </summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    [FromKeyedServices(DataSources.Service)] NpgsqlDataSource database,
    ApiKeyUsageRecorder usage,
    TokenValidation tokens) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "ApiKey";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }

        if (ApiKeySecret.In(Request) is not { } key)
        {
            return tokens.IsConfigured
                && BearerHeader.ValueOf(Request) is { } token
                && await tokens.ValidateAsync(token, Name, Context.RequestAborted) is { } bearer
                ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(bearer), Name))
                : AuthenticateResult.Fail("neither a key nor a token that holds");
        }

        if (await ApiKeyQueries.AuthenticateAsync(database, ApiKeySecret.Hash(key), Context.RequestAborted) is not { } found)
        {
            return AuthenticateResult.Fail("unknown, expired or revoked");
        }

        if (found.IsUseToRecord)
        {
            usage.Record(found.Id);
        }

        var identity = Caller.Identity(Name, $"key:{found.Id}", found.Name, found.IsAdministrator, found.Councils, found.Regions);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }
}

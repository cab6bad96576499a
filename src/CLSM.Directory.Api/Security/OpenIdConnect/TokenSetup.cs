using CLSM.Directory.Api.Web.Settings;
using Microsoft.Extensions.Options;

namespace CLSM.Directory.Api.Security.OpenIdConnect;

/// <summary>Lets tokens of the configured issuer in, beside keys.</summary>
internal static class TokenSetup
{
    public static void AddTokens(this IServiceCollection services)
    {
        services.AddSettings<OpenIdConnectOptions>();
        services.AddSingleton<IValidateOptions<OpenIdConnectOptions>, OpenIdConnectOptionsValidator>();
        services.AddSingleton<SigningKeyCache>();
        services.AddSingleton<TokenValidation>();
    }
}

namespace CLSM.Directory.Api.Security.Tokens;

/// <summary>Lets tokens of the configured issuer in, beside keys.</summary>
internal static class TokenSetup
{
    public static void AddTokens(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(OpenIdConnectSettings.From(configuration));
        services.AddSingleton<SigningKeyCache>();
        services.AddSingleton<TokenValidation>();
    }
}

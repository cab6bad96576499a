using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Security.ApiKeys;
using CLSM.Directory.Api.Security.Callers;
using CLSM.Directory.Api.Security.OpenIdConnect;
using Microsoft.AspNetCore.Authentication;

namespace CLSM.Directory.Api.Security;

/// <summary>Registers authentication and what is known of the caller.</summary>
internal static class SecuritySetup
{
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<ICurrentCaller, HttpCaller>();
        services.AddSingleton<ApiKeyUsageRecorder>();
        services.AddHostedService(provider => provider.GetRequiredService<ApiKeyUsageRecorder>());
        services.AddTokens();

        // The core alone: the whole package would keep data-protection keys on the disk, which nothing here uses.
        services.AddWebEncoders();
        services.AddAuthenticationCore(options =>
        {
            options.DefaultScheme = BearerScheme.Name;
            options.AddScheme<PolicySchemeHandler>(BearerScheme.Name, null);
            options.AddScheme<ApiKeyAuthentication>(ApiKeyAuthentication.Name, null);
        });
        services.Configure<PolicySchemeOptions>(
            BearerScheme.Name, options => options.ForwardDefaultSelector = _ => ApiKeyAuthentication.Name);
        return services;
    }
}

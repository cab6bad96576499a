using CLSM.Directory.Api.Web.Settings;
using Microsoft.Extensions.Options;

namespace CLSM.Directory.Api.Security.OpenIdConnect;

/// <summary>The issuer whose tokens are accepted. Without one, only keys are accepted.</summary>
internal sealed class OpenIdConnectOptions : ISettings
{
    public static string Section => "OpenIdConnect";

    /// <summary>The issuer, exactly as its discovery document and its tokens name it.</summary>
    [IssuerSetting]
    public Uri? Issuer { get; set; }

    /// <summary>The audience of accepted tokens: the name of this directory at the issuer.</summary>
    [TextSetting]
    public string Audience { get; set; } = "";

    /// <summary>Names of the claims that contain scopes, as a list or as words of one text.</summary>
    [TextSetting]
    public string ScopeClaims { get; set; } = "scope";

    /// <summary>The prefix of our scopes in these claims, such as <c>clsm:</c>. Scopes without it are ignored.</summary>
    [TextSetting]
    public string ScopePrefix { get; set; } = "";

    /// <summary>The largest difference between the issuer's clock and ours.</summary>
    [WholeNumberSetting(0, 300)]
    public int ClockSkewSeconds { get; set; } = 60;

    public IReadOnlyList<string> ScopeClaimNames =>
        ScopeClaims.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } names
        ? names
        : ["scope"];
}

/// <summary>An issuer needs an audience.</summary>
internal sealed class OpenIdConnectOptionsValidator : IValidateOptions<OpenIdConnectOptions>
{
    public ValidateOptionsResult Validate(string? name, OpenIdConnectOptions options) => options is { Issuer: not null, Audience.Length: 0 }
        ? ValidateOptionsResult.Fail(
            SettingsRegistration.Describe(
                $"{OpenIdConnectOptions.Section}:{nameof(OpenIdConnectOptions.Audience)}", "", "the name of this directory at the issuer"))
        : ValidateOptionsResult.Success;
}

/// <summary>An https address, or an http address of this machine; none if empty.</summary>
internal sealed class IssuerSettingAttribute() : SettingAttribute("an https address")
{
    public override bool Accepts(string text) => text.Length == 0
        || (Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)));
}

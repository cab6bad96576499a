namespace CLSM.Directory.Api.Security.Tokens;

/// <summary>The issuer whose tokens are taken, from the configuration section <c>OpenIdConnect</c>; without one, keys alone are.</summary>
internal sealed record OpenIdConnectSettings
{
    private const string Section = "OpenIdConnect";

    /// <summary>The issuer, exactly as its discovery document and its tokens name it.</summary>
    public Uri? Issuer { get; private init; }

    /// <summary>The audience that a token must be meant for: this directory.</summary>
    public string Audience { get; private init; } = "";

    /// <summary>Claims that hold scopes, as a list or as words in one text.</summary>
    public IReadOnlyList<string> ScopeClaims { get; private init; } = ["scope"];

    /// <summary>What stands before our scopes in them, such as <c>clsm:</c>; other words are not ours.</summary>
    public string ScopePrefix { get; private init; } = "";

    /// <summary>How far the issuer's clock may be from ours.</summary>
    public TimeSpan ClockSkew { get; private init; } = TimeSpan.FromSeconds(60);

    /// <exception cref="InvalidOperationException">A value is missing or not readable.</exception>
    public static OpenIdConnectSettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (section["Issuer"] is not { Length: > 0 } issuer)
        {
            return new OpenIdConnectSettings();
        }

        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            throw Unreadable("Issuer", issuer, "an https address");
        }

        var settings = new OpenIdConnectSettings();
        return settings with
        {
            Issuer = address,
            Audience = section["Audience"] is { Length: > 0 } audience ? audience : throw Unreadable("Audience", "", "the name of this directory at the issuer"),
            ScopeClaims = section["ScopeClaims"] is { Length: > 0 } claims ? claims.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries) : settings.ScopeClaims,
            ScopePrefix = section["ScopePrefix"] ?? "",
            ClockSkew = section["ClockSkewSeconds"] switch
            {
                null => settings.ClockSkew,
                var text when int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= 300 => TimeSpan.FromSeconds(seconds),
                var text => throw Unreadable("ClockSkewSeconds", text, "0 to 300"),
            },
        };
    }

    private static InvalidOperationException Unreadable(string name, string value, string wanted) => new($"{Section}:{name} is “{value}”; wanted: {wanted}.");
}

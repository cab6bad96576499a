using System.Net;
using CLSM.Directory.Api.Web.Settings;

namespace CLSM.Directory.Api.RateLimiting;

/// <summary>How many requests callers may send.</summary>
internal sealed class RateLimitOptions : ISettings
{
    public static string Section => "Limits";

    /// <summary>Whether requests are counted at all.</summary>
    [WordSetting("on", "off")]
    public string Requests { get; set; } = "on";

    /// <summary>For all callers of one address without a valid key.</summary>
    public RateLimitPolicy Anonymous { get; } = new("anonymous") { Requests = 1200 };

    /// <summary>For one key or subject.</summary>
    public RateLimitPolicy Key { get; } = new("key") { Requests = 6000 };

    /// <summary>For all callers of one address with the public key of the sandbox.</summary>
    public RateLimitPolicy Sandbox { get; } = new("sandbox") { Requests = 300 };

    /// <summary>For all callers with the public key of the sandbox, a limit that one address alone cannot use up.</summary>
    public RateLimitPolicy SandboxOfAll { get; } = new("sandbox-of-all") { Requests = 3000 };

    /// <summary>Proxies, as addresses or networks, whose X-Forwarded-For is trusted.</summary>
    [NetworksSetting]
    public string TrustedProxies { get; set; } = "";

    public bool CountsRequests => Requests == "on";

    /// <summary>The networks of <see cref="TrustedProxies"/>.</summary>
    public IReadOnlyList<IPNetwork> TrustedNetworks => [.. NetworksSettingAttribute.Parse(TrustedProxies).OfType<IPNetwork>()];
}

/// <summary>A list of addresses and networks.</summary>
internal sealed class NetworksSettingAttribute() : SettingAttribute("addresses or networks such as 10.0.0.0/8")
{
    public override bool Accepts(string text) => Parse(text).All(network => network is not null);

    /// <summary>The networks of a list; null for each entry that is none.</summary>
    public static IEnumerable<IPNetwork?> Parse(string text) => text
        .Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
        .Select(entry =>
            IPNetwork.TryParse(entry, out var network) ? network
            : IPAddress.TryParse(entry, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : (IPNetwork?)null);
}

using System.Net;

namespace CLSM.Directory.Api.Limits;

/// <summary>So many requests at once, and as many again over the seconds of the window.</summary>
internal sealed record RequestAllowance(string Name, int Requests, int Seconds);

/// <summary>What callers may ask for, from the configuration section <c>Limits</c> (<c>Limits__Requests=off</c> in the environment).</summary>
internal sealed record LimitSettings
{
    private const string Section = "Limits";

    /// <summary>Whether requests are counted at all.</summary>
    public bool CountsRequests { get; private init; } = true;

    /// <summary>Of all callers of one address who show no valid key.</summary>
    public RequestAllowance Anonymous { get; private init; } = new("anonymous", 1200, 60);

    /// <summary>Of one key or subject.</summary>
    public RequestAllowance Known { get; private init; } = new("key", 6000, 60);

    /// <summary>Of all callers of one address with the public key of the sandbox.</summary>
    public RequestAllowance Sandbox { get; private init; } = new("sandbox", 300, 60);

    /// <summary>Of all callers together with the public key of the sandbox, that one address cannot use up.</summary>
    public RequestAllowance SandboxOfAll { get; private init; } = new("sandbox-of-all", 3000, 60);

    /// <summary>Proxies, as addresses or networks, whose X-Forwarded-For is believed.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; private init; } = [];

    /// <exception cref="InvalidOperationException">A value is not readable: a limit that was meant must not be left out silently.</exception>
    public static LimitSettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var settings = new LimitSettings();
        return settings with
        {
            CountsRequests = section["Requests"] switch
            {
                null or "on" => true,
                "off" => false,
                var other => throw Unreadable("Requests", other, "on or off"),
            },
            Anonymous = Allowance(section, "Anonymous", settings.Anonymous),
            Known = Allowance(section, "Key", settings.Known),
            Sandbox = Allowance(section, "Sandbox", settings.Sandbox),
            SandboxOfAll = Allowance(section, "SandboxOfAll", settings.SandboxOfAll),
            TrustedProxies = [.. (section["TrustedProxies"] ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(Network)],
        };
    }

    private static RequestAllowance Allowance(IConfigurationSection section, string name, RequestAllowance usual) =>
        usual with { Requests = Positive(section, $"{name}:Requests", usual.Requests), Seconds = Positive(section, $"{name}:Seconds", usual.Seconds) };

    private static int Positive(IConfigurationSection section, string name, int usual) => section[name] switch
    {
        null => usual,
        var text when int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0 => number,
        var text => throw Unreadable(name, text, "a positive whole number"),
    };

    private static IPNetwork Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw Unreadable("TrustedProxies", text, "addresses or networks such as 10.0.0.0/8");

    private static InvalidOperationException Unreadable(string name, string value, string wanted) => new($"{Section}:{name} is “{value}”; wanted: {wanted}.");
}

using CLSM.Directory.Api.Web.Settings;

namespace CLSM.Directory.Api.RateLimiting;

/// <summary>A burst of requests, refilled evenly over a window of seconds.</summary>
/// <param name="name">The name of the policy in the header <c>RateLimit-Policy</c>.</param>
internal sealed class RateLimitPolicy(string name)
{
    public string Name => name;

    [WholeNumberSetting]
    public int Requests { get; set; }

    [WholeNumberSetting]
    public int Seconds { get; set; } = 60;
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using CLSM.Directory.Api.Security.Callers;
using CLSM.Directory.Api.Web.Problems;
using Microsoft.Extensions.Options;

namespace CLSM.Directory.Api.RateLimiting;

/// <summary>
/// Counts requests by caller: a key or subject by itself, everybody else by address. A bucket holds a window's requests and fills evenly, so
/// that a burst is served and a flood is not. Buckets are each node's own.
/// </summary>
internal sealed class RateLimitMiddleware : IDisposable
{
    private readonly RateLimitOptions settings;
    private readonly IReadOnlyList<ICallerRateLimit> policies;
    private readonly PartitionedRateLimiter<HttpContext> limiter;

    public RateLimitMiddleware(IOptions<RateLimitOptions> options, IEnumerable<ICallerRateLimit> policies)
    {
        settings = options.Value;
        this.policies = [.. policies];
        limiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        {
            var (caller, allowance) = CallerOf(context);
            return RateLimitPartition.GetTokenBucketLimiter(caller, _ => Bucket(allowance));
        });
    }

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!settings.CountsRequests || context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            await RunAsync(context, next);
            return;
        }

        using var lease = limiter.AttemptAcquire(context);
        var allowance = CallerOf(context).Allowance;
        var left = limiter.GetStatistics(context)?.CurrentAvailablePermits ?? 0;
        Announce(context, allowance, left);
        if (lease.IsAcquired)
        {
            await RunAsync(context, next);
            return;
        }

        await RefuseAsync(context, lease, allowance);
    }

    public void Dispose() => limiter.Dispose();

    /// <summary>Refuses what is over an allowance, with the time to wait.</summary>
    public static Task RefuseAsync(HttpContext context, RateLimitLease lease, RateLimitPolicy allowance)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? Seconds(retryAfter.TotalSeconds) : "1";
        var problem = new ApiProblem(StatusCodes.Status429TooManyRequests, "too-many-requests", allowance.Requests, allowance.Seconds) { Headers = [("Retry-After", wait)] };
        return problem.ExecuteAsync(context);
    }

    /// <summary>draft-ietf-httpapi-ratelimit-headers: the policy, and what is left of it until it is whole again.</summary>
    private static void Announce(HttpContext context, RateLimitPolicy allowance, long left)
    {
        var whole = Seconds((allowance.Requests - left) * (double)allowance.Seconds / allowance.Requests);
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{allowance.Name}\";q={allowance.Requests};w={allowance.Seconds}");
            headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{allowance.Name}\";r={left};t={whole}");
            return Task.CompletedTask;
        });
    }

    private Task RunAsync(HttpContext context, RequestDelegate next) =>
        PolicyOf(context) is { } policy ? policy.RunAsync(context, next) : next(context);

    private ICallerRateLimit? PolicyOf(HttpContext context) => policies.FirstOrDefault(policy => policy.AppliesTo(context.User));

    private (string Caller, RateLimitPolicy Allowance) CallerOf(HttpContext context) =>
        PolicyOf(context)?.OfOneAddress is { } allowance ? ($"{allowance.Name}:{PartitionKey(context.Connection.RemoteIpAddress)}", allowance)
            : context.User.IsAuthenticated() ? (context.User.CallerId(), settings.Key)
            : (PartitionKey(context.Connection.RemoteIpAddress), settings.Anonymous);

    /// <summary>The address; of IPv6 the network, since one subscriber has all of it.</summary>
    public static string PartitionKey(IPAddress? address) => address switch
    {
        null => "address:unknown",
        { IsIPv4MappedToIPv6: true } => $"address:{address.MapToIPv4()}",
        { AddressFamily: AddressFamily.InterNetworkV6 } => $"address:{Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))}",
        _ => $"address:{address}",
    };

    public static TokenBucketRateLimiterOptions Bucket(RateLimitPolicy allowance)
    {
        var eachSecond = allowance.Requests / allowance.Seconds;
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = allowance.Requests,
            TokensPerPeriod = Math.Max(1, eachSecond),
            ReplenishmentPeriod = eachSecond > 0 ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds((double)allowance.Seconds / allowance.Requests),
            QueueLimit = 0,
        };
    }

    private static string Seconds(double seconds) => Math.Ceiling(Math.Max(1, seconds)).ToString(CultureInfo.InvariantCulture);
}

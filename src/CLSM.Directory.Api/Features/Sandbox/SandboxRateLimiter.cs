using System.Security.Claims;
using System.Threading.RateLimiting;
using CLSM.Directory.Api.RateLimiting;
using CLSM.Directory.Api.Web.Problems;
using Microsoft.Extensions.Options;

namespace CLSM.Directory.Api.Features.Sandbox;

/// <summary>
/// Limits what all holders of the public key do together, after each address was counted: the number of requests, and of writes at once.
/// All of them write to one council and so one after the other; without a limit, waiting writes would hold every database connection.
/// </summary>
internal sealed class SandboxRateLimiter(IOptions<RateLimitOptions> options) : ICallerRateLimit, IDisposable
{
    private const int MaxWrites = 4;
    private const int MaxWaitingWrites = 60;

    // For one address, so that a flood from one leaves room for the others.
    private const int MaxWritesOfOne = 2;
    private const int MaxWaitingWritesOfOne = 15;

    private readonly RateLimitOptions limits = options.Value;

    private readonly TokenBucketRateLimiter requests = new(RateLimitMiddleware.Bucket(options.Value.SandboxOfAll));

    private readonly PartitionedRateLimiter<HttpContext> writesOfOne = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        RateLimitPartition.GetConcurrencyLimiter(
            RateLimitMiddleware.PartitionKey(context.Connection.RemoteIpAddress), _ => AtOnce(MaxWritesOfOne, MaxWaitingWritesOfOne)));

    private readonly ConcurrencyLimiter writes = new(AtOnce(MaxWrites, MaxWaitingWrites));

    public RateLimitPolicy OfOneAddress => limits.Sandbox;

    public bool AppliesTo(ClaimsPrincipal caller) => SandboxKey.IsHeldBy(caller);

    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (limits.CountsRequests)
        {
            using var request = requests.AttemptAcquire();
            if (!request.IsAcquired)
            {
                await RateLimitMiddleware.RefuseAsync(context, request, limits.SandboxOfAll);
                return;
            }
        }

        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }

        using var ofOne = await writesOfOne.AcquireAsync(context, 1, context.RequestAborted);
        if (ofOne.IsAcquired)
        {
            using var write = await writes.AcquireAsync(1, context.RequestAborted);
            if (write.IsAcquired)
            {
                await next(context);
                return;
            }
        }

        await new ApiProblem(StatusCodes.Status429TooManyRequests, "sandbox-busy") { Headers = [("Retry-After", "1")] }.ExecuteAsync(context);
    }

    public void Dispose()
    {
        requests.Dispose();
        writesOfOne.Dispose();
        writes.Dispose();
    }

    private static ConcurrencyLimiterOptions AtOnce(int most, int waiting) =>
        new() { PermitLimit = most, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };
}

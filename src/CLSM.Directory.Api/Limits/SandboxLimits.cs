using System.Threading.RateLimiting;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Sandbox;

namespace CLSM.Directory.Api.Limits;

/// <summary>
/// What all who hold the public key may do together, after each address has been counted by itself: so many requests, and few writes at once.
/// They write to one council and so one after the other; without a limit, those who wait would hold every connection to the database.
/// </summary>
internal sealed class SandboxLimits(LimitSettings limits, SandboxSettings sandbox) : IDisposable
{
    private readonly TokenBucketRateLimiter requests = new(CallerLimits.Bucket(limits.SandboxOfAll));

    private readonly PartitionedRateLimiter<HttpContext> writesOfOne = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        RateLimitPartition.GetConcurrencyLimiter(CallerLimits.PlaceOf(context.Connection.RemoteIpAddress), _ => AtOnce(sandbox.MostOfOneAtOnce, sandbox.MostOfOneWaiting)));

    private readonly ConcurrencyLimiter writes = new(AtOnce(sandbox.MostAtOnce, sandbox.MostWaiting));

    public async Task LetInAsync(HttpContext context, RequestDelegate next)
    {
        if (!SandboxKey.IsHeldBy(context.User))
        {
            await next(context);
            return;
        }

        if (limits.CountsRequests)
        {
            using var request = requests.AttemptAcquire();
            if (!request.IsAcquired)
            {
                await CallerLimits.RefuseAsync(context, request, limits.SandboxOfAll);
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

        await new Refusal(StatusCodes.Status429TooManyRequests, "sandbox-busy") { Headers = [("Retry-After", "1")] }.ExecuteAsync(context);
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

using CLSM.Directory.Api.Web.Problems;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CLSM.Directory.Api.RateLimiting;

/// <summary>
/// How large the headers of a request may be. Kestrel ends a request that is over its own limits with an empty answer, before anybody is asked;
/// so its limits are twice ours, and what lies between is refused with a problem. What is no HTTP at all still gets Kestrel's bare 400.
/// </summary>
internal static class HeaderLimits
{
    public const int MostBytes = 32 * 1024;
    public const int MostHeaders = 100;
    public const int LeastBytesPerSecond = 240;

    public static void Set(KestrelServerLimits limits)
    {
        limits.MaxRequestHeadersTotalSize = 2 * MostBytes;
        limits.MaxRequestHeaderCount = 2 * MostHeaders;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);

        // Said, although usual: who sends or takes slower than this, after five seconds, is not waited for.
        limits.MinRequestBodyDataRate = new MinDataRate(LeastBytesPerSecond, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(LeastBytesPerSecond, gracePeriod: TimeSpan.FromSeconds(5));
    }

    public static Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var bytes = 0;
        foreach (var (name, values) in context.Request.Headers)
        {
            foreach (var value in values)
            {
                bytes += name.Length + (value?.Length ?? 0) + 4;
            }
        }

        return bytes <= MostBytes && context.Request.Headers.Count <= MostHeaders
            ? next(context)
            : new ApiProblem(StatusCodes.Status431RequestHeaderFieldsTooLarge, "headers-too-large", MostBytes, MostHeaders).ExecuteAsync(context);
    }
}

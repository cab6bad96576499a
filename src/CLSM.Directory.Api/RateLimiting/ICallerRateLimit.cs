using System.Security.Claims;

namespace CLSM.Directory.Api.RateLimiting;

/// <summary>Limits of their own for some callers. A feature with such callers registers one.</summary>
internal interface ICallerRateLimit
{
    /// <summary>What each address may send with these callers' credential.</summary>
    RateLimitPolicy OfOneAddress { get; }

    bool AppliesTo(ClaimsPrincipal caller);

    /// <summary>Runs the request, or refuses it, after its address was counted.</summary>
    Task RunAsync(HttpContext context, RequestDelegate next);
}

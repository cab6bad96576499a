using CLSM.Directory.Api.Http;

namespace CLSM.Directory.Api.Tenancy;

/// <summary>Reads a tenant's identifier from a request.</summary>
internal interface ITenantResolutionStrategy
{
    string? GetIdentifier(HttpContext context);
}

/// <summary>The council in the path, and nowhere else.</summary>
internal sealed class RouteStrategy : ITenantResolutionStrategy
{
    public const string RouteValue = "council";

    public string? GetIdentifier(HttpContext context) => context.GetRouteValue(RouteValue) as string;
}

/// <summary>Strategy, store and context joined: the one place where a request comes to belong to a council.</summary>
internal static class TenantResolution
{
    private const int CouncilSegment = 3;

    /// <summary>Enters the council of the path, or answers why there is none to enter.</summary>
    public static async ValueTask<object?> EnterAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var services = context.RequestServices;
        var identifier = services.GetRequiredService<ITenantResolutionStrategy>().GetIdentifier(context)!;
        var lookup = await services.GetRequiredService<ITenantStore>().FindAsync(identifier, context.RequestAborted);
        if (Refuse(context.Request, identifier, lookup) is { } refusal)
        {
            return refusal;
        }

        services.GetRequiredService<TenantContext>().Enter(((TenantLookup.Found)lookup).Tenant);
        return await next(invocation);
    }

    /// <summary>The answer for an identifier under which no council stands; null where one does.</summary>
    public static IResult? Refuse(HttpRequest request, string identifier, TenantLookup lookup) => lookup switch
    {
        TenantLookup.Found => null,
        TenantLookup.Renamed renamed => Redirect(request, renamed.Identifier),
        TenantLookup.Removed removed => new Refusal(StatusCodes.Status410Gone, "removed", identifier, removed.Reason ?? "—"),
        _ => Refusal.NotFound(identifier),
    };

    /// <summary>A renamed council: 301 as for any page that moved; 308 for writes, which must stay what they are.</summary>
    private static IResult Redirect(HttpRequest request, string present) =>
        TypedResults.Redirect($"{AddressOf(request, present)}{request.QueryString}", permanent: true, preserveMethod: !HttpMethods.IsGet(request.Method));

    /// <summary>The same path with another council in it: <c>/v1/councils/{council}/…</c>.</summary>
    public static string AddressOf(HttpRequest request, string council)
    {
        var segments = request.Path.Value!.TrimEnd('/').Split('/');
        segments[CouncilSegment] = council;
        return request.PathBase + string.Join('/', segments);
    }
}

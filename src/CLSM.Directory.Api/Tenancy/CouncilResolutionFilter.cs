using CLSM.Directory.Api.Web.Endpoints;

namespace CLSM.Directory.Api.Tenancy;

/// <summary>Resolves the council in the path and sets the tenant for the request, or returns 301, 308, 404 or 410.</summary>
internal sealed class CouncilResolutionFilter(CouncilResolver councils) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var code = (string)http.GetRouteValue(CouncilResolver.RouteValue)!;
        var lookup = await councils.EnterAsync(code, http.RequestAborted);

        // An endpoint that creates councils runs without a tenant; the scope filter keeps it to administrators.
        return lookup is TenantLookup.Unknown && EndpointContract.Of(http).CreatesCouncil
            ? await next(context)
            : CouncilResolver.Refuse(http.Request, code, lookup) ?? await next(context);
    }
}

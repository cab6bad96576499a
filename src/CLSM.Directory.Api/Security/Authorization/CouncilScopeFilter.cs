using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web;

namespace CLSM.Directory.Api.Security.Authorization;

/// <summary>Returns 403 where the caller may not edit the council of the request. Runs after the tenant is known.</summary>
internal sealed class CouncilScopeFilter(TenantContext tenant) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!tenant.IsEntered)
        {
            // Only an administrator creates councils; for others the code is unknown.
            return http.User.IsAdministrator()
                ? await next(context)
                : Refusal.NotFound((string)http.GetRouteValue(CouncilResolver.RouteValue)!);
        }

        return EndpointContract.Of(http).Scope is RequiredScope.Council && !http.User.CanEdit(tenant.Current.Id)
            ? new Refusal(StatusCodes.Status403Forbidden, "forbidden")
            : await next(context);
    }
}

using CLSM.Directory.Api.Security.Callers;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Problems;

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
                : ApiProblem.NotFound((string)http.GetRouteValue(CouncilResolver.RouteValue)!);
        }

        return EndpointContract.Of(http).Scope is RequiredScope.Council && !http.User.CanEdit(tenant.Current.Id)
            ? new ApiProblem(StatusCodes.Status403Forbidden, "forbidden")
            : await next(context);
    }
}

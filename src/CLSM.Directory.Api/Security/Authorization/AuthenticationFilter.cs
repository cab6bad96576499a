using CLSM.Directory.Api.Security.Callers;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Problems;
using Microsoft.AspNetCore.Authentication;

namespace CLSM.Directory.Api.Security.Authorization;

/// <summary>Returns 401 for invalid credentials, 401 where credentials are needed and missing, 403 where only administrators may.</summary>
internal sealed class AuthenticationFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var scope = EndpointContract.Of(http).Scope;

        // Invalid credentials are never treated as anonymous access.
        var authentication = await http.AuthenticateAsync();
        if (authentication.Failure is not null)
        {
            return Unauthorized("invalid-key", "Bearer error=\"invalid_token\"");
        }

        http.User = authentication.Principal ?? http.User;
        if (scope is not RequiredScope.None && !http.User.IsAuthenticated())
        {
            return Unauthorized("unauthorized", "Bearer");
        }

        return scope is RequiredScope.Administrator && !http.User.IsAdministrator()
            ? new ApiProblem(StatusCodes.Status403Forbidden, "forbidden")
            : await next(context);
    }

    private static ApiProblem Unauthorized(string code, string challenge) =>
        new(StatusCodes.Status401Unauthorized, code) { Headers = [("WWW-Authenticate", challenge)] };
}

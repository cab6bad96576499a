using CLSM.Directory.Api.Security;
using CLSM.Directory.Api.Tenancy;
using Microsoft.AspNetCore.Authentication;

namespace CLSM.Directory.Api.Http;

/// <summary>What an operation promises: read by the filter that every request passes, and by the contract.</summary>
internal sealed record Operation(RequiredScope Scope = RequiredScope.None)
{
    /// <summary>The query parameters that it takes; any other is refused.</summary>
    public IReadOnlyList<QueryParameter> Parameters { get; init; } = [];

    /// <summary>Whether a change needs the version that is meant (If-Match).</summary>
    public bool IsConditional { get; init; } = true;

    /// <summary>Media type of its answer.</summary>
    public string Answers { get; init; } = MediaTypes.Json;

    private const string QueryItem = "clsm.query";

    /// <summary>The checked query of the request.</summary>
    public static QueryValues Query(HttpContext context) => (QueryValues)context.Items[QueryItem]!;

    /// <summary>The line every request passes after its route: format, key, query.</summary>
    public static async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var operation = context.GetEndpoint()!.Metadata.GetRequiredMetadata<Operation>();
        if (!MediaTypes.Accepts(context.Request, operation.Answers))
        {
            return new Refusal(StatusCodes.Status406NotAcceptable, "not-acceptable", operation.Answers);
        }

        // A key that does not hold is an answer; its bearer is never taken for an anonymous reader.
        var authentication = await context.AuthenticateAsync();
        if (authentication.Failure is not null)
        {
            return Unauthorized("invalid-key");
        }

        context.User = authentication.Principal ?? context.User;

        if (operation.Scope is not RequiredScope.None && !context.User.IsAuthenticated())
        {
            return Unauthorized("unauthorized");
        }

        if (operation.Scope is RequiredScope.Administrator && !context.User.IsAdministrator())
        {
            return new Refusal(StatusCodes.Status403Forbidden, "forbidden");
        }

        var (values, refusal) = QueryValues.Read(context.Request.Query, operation.Parameters);
        if (refusal is not null)
        {
            return refusal;
        }

        context.Items[QueryItem] = values;
        return await next(invocation);
    }

    /// <summary>After the tenant is known: may this caller change it?</summary>
    public static async ValueTask<object?> CheckCouncilScopeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var operation = context.GetEndpoint()!.Metadata.GetRequiredMetadata<Operation>();
        var tenant = context.RequestServices.GetRequiredService<TenantContext>();
        return operation.Scope is RequiredScope.Council && !context.User.MayEdit(tenant.Current.Id)
            ? new Refusal(StatusCodes.Status403Forbidden, "forbidden")
            : await next(invocation);
    }

    private static Refusal Unauthorized(string code) => new(StatusCodes.Status401Unauthorized, code)
    {
        Headers = [("WWW-Authenticate", code == "invalid-key" ? "Bearer error=\"invalid_token\"" : "Bearer")],
    };
}

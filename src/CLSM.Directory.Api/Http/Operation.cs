using CLSM.Directory.Api.Contract;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Sandbox;
using CLSM.Directory.Api.Security;
using CLSM.Directory.Api.Tenancy;
using Microsoft.AspNetCore.Authentication;

namespace CLSM.Directory.Api.Http;

/// <summary>What an operation promises: read by the filter that every request passes, and by the contract.</summary>
internal sealed record Operation(RequiredScope Scope = RequiredScope.None)
{
    /// <summary>The query parameters that it takes; any other is refused.</summary>
    public IReadOnlyList<QueryParameter> Parameters { get; init; } = [];

    /// <summary>What its body may ask for, where it asks in a body in place of its address.</summary>
    public IReadOnlyList<QueryParameter>? Question { get; init; }

    /// <summary>Whether a change needs the version that is meant (If-Match).</summary>
    public bool IsConditional { get; init; } = true;

    /// <summary>Media type of its answer.</summary>
    public string Answers { get; init; } = MediaTypes.Json;

    /// <summary>Media types in which it answers as well, where they are asked for.</summary>
    public IReadOnlyList<string> AlsoAnswers { get; init; } = [];

    private const string QueryItem = "clsm.query";

    /// <summary>The checked words of the request, from its address or, where the operation has a question, from its body.</summary>
    public static QueryValues Query(HttpContext context) => (QueryValues)context.Items[QueryItem]!;

    /// <summary>The line every request passes after its route: format, key, query.</summary>
    public static async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var operation = context.GetEndpoint()!.Metadata.GetRequiredMetadata<Operation>();
        context.RequestServices.GetRequiredService<ContractHistory>().Announce(context);
        string[] formats = [operation.Answers, .. operation.AlsoAnswers];
        if (!formats.Any(format => MediaTypes.Accepts(context.Request, format)))
        {
            return new Refusal(StatusCodes.Status406NotAcceptable, "not-acceptable", string.Join(", ", formats));
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

        if (QueryValues.CheckText(context.Request.QueryString) is { } unreadableText)
        {
            return unreadableText;
        }

        var (values, refusal) = QueryValues.Read(context.Request.Query, operation.Parameters);
        if (refusal is not null)
        {
            return refusal;
        }

        if (operation.Question is { } asked)
        {
            var (body, unreadable) = await RequestBody.ReadAsync(context.Request, MediaTypes.Json, context.RequestAborted);
            (values, refusal) = unreadable is null ? QueryValues.Read(body, asked) : (values, unreadable);
            if (refusal is not null)
            {
                return refusal;
            }
        }

        if (values.All(CouncilFilters.Council.Name) is { } councils && councils.Contains(SandboxCouncil.Code))
        {
            context.RequestServices.GetRequiredService<PublishedDbContext>().AskFor(SandboxCouncil.Code);
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

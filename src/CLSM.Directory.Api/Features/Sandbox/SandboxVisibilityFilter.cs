using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Parameters;

namespace CLSM.Directory.Api.Features.Sandbox;

/// <summary>Includes the sandbox in what a request reads if the query names it: <c>council=sandbox</c>.</summary>
internal sealed class SandboxVisibilityFilter(ReadOptions reads) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        reads.IncludeNamed(ParsedQuery.Of(context.HttpContext).GetValues(CouncilFilters.Council.Name) ?? []);
        return next(context);
    }
}

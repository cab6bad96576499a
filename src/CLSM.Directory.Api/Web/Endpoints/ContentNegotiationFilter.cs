using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Problems;

namespace CLSM.Directory.Api.Web.Endpoints;

/// <summary>Returns 406 where the client accepts none of the endpoint's media types.</summary>
internal sealed class ContentNegotiationFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var formats = EndpointContract.Of(context.HttpContext).MediaTypes;
        return formats.Any(format => MediaTypes.Accepts(context.HttpContext.Request, format))
            ? next(context)
            : ValueTask.FromResult<object?>(new ApiProblem(StatusCodes.Status406NotAcceptable, "not-acceptable", string.Join(", ", formats)));
    }
}

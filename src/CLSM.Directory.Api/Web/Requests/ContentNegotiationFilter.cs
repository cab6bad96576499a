using CLSM.Directory.Api.Http;

namespace CLSM.Directory.Api.Web.Requests;

/// <summary>Returns 406 where the client accepts none of the endpoint's media types.</summary>
internal sealed class ContentNegotiationFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var formats = EndpointContract.Of(context.HttpContext).MediaTypes;
        return formats.Any(format => MediaTypes.Accepts(context.HttpContext.Request, format))
            ? next(context)
            : ValueTask.FromResult<object?>(new Refusal(StatusCodes.Status406NotAcceptable, "not-acceptable", string.Join(", ", formats)));
    }
}

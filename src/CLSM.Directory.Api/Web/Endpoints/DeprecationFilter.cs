namespace CLSM.Directory.Api.Web.Endpoints;

/// <summary>Adds the deprecation headers of the endpoint, whatever the response will be.</summary>
internal sealed class DeprecationFilter(ApiChangelog changelog) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        changelog.AddHeaders(context.HttpContext);
        return next(context);
    }
}

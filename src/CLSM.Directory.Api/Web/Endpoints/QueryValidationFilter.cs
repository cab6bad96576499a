using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Requests;

namespace CLSM.Directory.Api.Web.Endpoints;

/// <summary>Checks the query, or the body in its place, against the endpoint's parameters, and keeps the values for the handler.</summary>
internal sealed class QueryValidationFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var contract = EndpointContract.Of(http);
        if (ParsedQuery.CheckText(http.Request.QueryString) is { } unreadableText)
        {
            return unreadableText;
        }

        var (values, problem) = ParsedQuery.Read(http.Request.Query, contract.Parameters);
        if (problem is null && contract.BodyParameters is { } parameters)
        {
            var read = await JsonBodyReader.ReadAsync(http.Request, MediaTypes.Json, http.RequestAborted);
            (values, problem) = read.TryGet(out var body, out var unreadable) ? ParsedQuery.Read(body, parameters) : (values, unreadable);
        }

        if (problem is not null)
        {
            return problem;
        }

        values.KeepFor(http);
        return await next(context);
    }
}

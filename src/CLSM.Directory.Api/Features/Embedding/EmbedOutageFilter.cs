using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.StaleResponses;
using CLSM.Directory.Api.Web.Html;

namespace CLSM.Directory.Api.Features.Embedding;

/// <summary>A frame shows pages: while the database is away, the last one, or one that says so to a person.</summary>
internal sealed class EmbedOutageFilter(StaleResponseCache cache) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception exception) when (DatabaseFailures.IsUnavailable(exception))
        {
            return (IResult?)cache.Find(context.HttpContext) ?? MessagePage.Unavailable(EmbedRequest.Read(context.HttpContext, []).Request);
        }
    }
}

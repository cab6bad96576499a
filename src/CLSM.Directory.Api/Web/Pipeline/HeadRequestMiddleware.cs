namespace CLSM.Directory.Api.Web.Pipeline;

/// <summary>HEAD is GET without a body (RFC 9110, 9.3.2), so the routes need to know only GET.</summary>
internal static class HeadRequestMiddleware
{
    private const string Item = "clsm.head";

    /// <summary>Whether nobody will see the body.</summary>
    public static bool Is(HttpContext context) => context.Items.ContainsKey(Item);

    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }

        var body = context.Response.Body;
        context.Items[Item] = true;
        context.Request.Method = HttpMethods.Get;
        context.Response.Body = Stream.Null;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
            context.Request.Method = HttpMethods.Head;
        }
    }
}

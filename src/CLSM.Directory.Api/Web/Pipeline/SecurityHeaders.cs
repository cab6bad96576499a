namespace CLSM.Directory.Api.Web.Pipeline;

/// <summary>Headers that keep answers from being taken for something else by a browser.</summary>
internal static class SecurityHeaders
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";

    // Swagger UI sets styles inline and draws its icons from data addresses; its scripts are its own files.
    private const string SwaggerUi = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    private const string Policy = "clsm.policy";

    /// <summary>A page says itself what it may load, and who may frame it.</summary>
    public static void Use(HttpContext context, string policy) => context.Items[Policy] = policy;

    /// <summary>What a page said of itself, if it did.</summary>
    public static string? PolicyOf(HttpContext context) => context.Items[Policy] as string;

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        // When the answer starts, so that an error page that cleared all headers has them too.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.ContentSecurityPolicy = PolicyOf(context)
                ?? (context.Request.Path.StartsWithSegments("/swagger", StringComparison.Ordinal) ? SwaggerUi : Nothing);
            return Task.CompletedTask;
        });
        return next(context);
    }
}

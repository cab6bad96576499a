namespace CLSM.Directory.Api.Security.Callers;

/// <summary>The header <c>Authorization: Bearer …</c>.</summary>
internal static class BearerHeader
{
    private const string Prefix = "Bearer ";

    /// <summary>What a request bears, where it bears something.</summary>
    public static string? ValueOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var text && text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? text[Prefix.Length..].Trim() : null;
}

namespace CLSM.Directory.Api.Security;

/// <summary>
/// The default authentication scheme, which forwards a request to the scheme of its credential. Keys and tokens go to
/// <see cref="ApiKeyAuthentication"/>; a feature with a credential of its own wraps the selector of these options.
/// </summary>
internal static class BearerScheme
{
    public const string Name = "Bearer";
}

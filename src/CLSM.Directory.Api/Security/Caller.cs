using System.Security.Claims;

namespace CLSM.Directory.Api.Security;

/// <summary>What an operation asks of its caller.</summary>
internal enum RequiredScope
{
    /// <summary>Nothing: public data.</summary>
    None,

    /// <summary>A key of the council in the path, or an administrator's.</summary>
    Council,

    /// <summary>An administrator's key.</summary>
    Administrator,
}

/// <summary>What the caller may do, read from its claims, whatever it authenticated with.</summary>
internal static class Caller
{
    public const string AdministratorScope = "admin";

    private const string ScopeClaim = "clsm:scope";

    public static ClaimsIdentity Identity(string scheme, Guid key, string name, bool isAdministrator, IEnumerable<Guid> councils) => new(
        [
            new Claim(ClaimTypes.NameIdentifier, key.ToString()),
            new Claim(ClaimTypes.Name, name),
            .. isAdministrator ? [new Claim(ScopeClaim, AdministratorScope)] : Array.Empty<Claim>(),
            .. councils.Select(council => new Claim(ScopeClaim, CouncilScope(council))),
        ],
        scheme);

    /// <summary>Who asks, in one word: the same for the same key on every node.</summary>
    public static string CallerId(this ClaimsPrincipal caller) => caller.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? "anonymous";

    public static bool IsAuthenticated(this ClaimsPrincipal caller) => caller.Identity?.IsAuthenticated == true;

    public static bool IsAdministrator(this ClaimsPrincipal caller) => caller.HasClaim(ScopeClaim, AdministratorScope);

    public static bool MayEdit(this ClaimsPrincipal caller, Guid council) => caller.IsAdministrator() || caller.HasClaim(ScopeClaim, CouncilScope(council));

    private static string CouncilScope(Guid council) => $"council:{council}";
}

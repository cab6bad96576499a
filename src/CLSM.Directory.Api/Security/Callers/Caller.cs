using System.Security.Claims;

namespace CLSM.Directory.Api.Security.Callers;

/// <summary>What the caller may do, read from its claims, whatever it authenticated with.</summary>
internal static class Caller
{
    private const string ScopeClaim = "clsm:scope";
    private const string SharedClaim = "clsm:shared";

    /// <param name="scheme">How it authenticated.</param>
    /// <param name="id">Who it is, in one word.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="isAdministrator">Whether it may do everything.</param>
    /// <param name="councils">Councils that it may write.</param>
    /// <param name="regions">Regions whose contacts for partners it may read.</param>
    /// <param name="isShared">Whether anybody may be this caller: its credential is public.</param>
    public static ClaimsIdentity Identity(
        string scheme,
        string id,
        string name,
        bool isAdministrator,
        IEnumerable<Guid> councils,
        IEnumerable<string> regions,
        bool isShared = false) => new(
        [
            new Claim(ClaimTypes.NameIdentifier, id),
            new Claim(ClaimTypes.Name, name),
            .. isAdministrator ? [new Claim(ScopeClaim, GrantedScopes.Administrator)] : Array.Empty<Claim>(),
            .. isShared ? [new Claim(SharedClaim, "true")] : Array.Empty<Claim>(),
            .. councils.Select(council => new Claim(ScopeClaim, CouncilScope(council))),
            .. regions.Select(region => new Claim(ScopeClaim, GrantedScopes.RegionPrefix + region)),
        ],
        scheme);

    /// <summary>Who asks, in one word: the same for the same key or subject on every node.</summary>
    public static string CallerId(this ClaimsPrincipal caller) => caller.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? "anonymous";

    public static bool IsAuthenticated(this ClaimsPrincipal caller) => caller.Identity?.IsAuthenticated == true;

    /// <summary>Whether the caller's credential is public, so that anybody may be this caller.</summary>
    public static bool IsShared(this ClaimsPrincipal caller) => caller.HasClaim(claim => claim.Type == SharedClaim);

    public static bool IsAdministrator(this ClaimsPrincipal caller) => caller.HasClaim(ScopeClaim, GrantedScopes.Administrator);

    public static bool CanEdit(this ClaimsPrincipal caller, Guid council) =>
        caller.IsAdministrator() || caller.HasClaim(ScopeClaim, CouncilScope(council));

    /// <summary>Regions of which it may read the contacts for partners.</summary>
    public static IReadOnlyList<string> RestrictedRegions(this ClaimsPrincipal caller) =>
    [
        .. caller.FindAll(ScopeClaim)
            .Where(claim => claim.Value.StartsWith(GrantedScopes.RegionPrefix, StringComparison.Ordinal))
            .Select(claim => claim.Value[GrantedScopes.RegionPrefix.Length..]),
    ];

    private static string CouncilScope(Guid council) => $"{GrantedScopes.CouncilPrefix}{council}";
}

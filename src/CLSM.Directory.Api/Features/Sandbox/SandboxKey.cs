using System.Security.Claims;
using CLSM.Directory.Api.Security.Callers;

namespace CLSM.Directory.Api.Features.Sandbox;

/// <summary>
/// The public key of the sandbox. It is not stored: it never expires and cannot be rotated or revoked; <c>Sandbox__Open=false</c> disables
/// it. Checking it needs no database, so that a flood of requests with it costs none.
/// </summary>
internal static class SandboxKey
{
    public const string Secret = "clsm_sandbox_public";

    /// <summary>Identifier of all its holders together.</summary>
    public const string CallerId = "sandbox";

    /// <summary>For the contract and the top of Swagger UI: CommonMark.</summary>
    public const string Text =
        $"**Try writing**: every write below works as it stands in the council `{SandboxCouncil.Code}`, which is made up, "
        + $"with the public key `{Secret}` (`Authorize`). "
        + "Anyone may write there; it is made new every night at 02:00 UTC, and is in no national list, search, export or feed "
        + "unless `council=sandbox` asks for it. Write nothing real.";

    public static bool IsShown(HttpRequest request) => BearerHeader.ValueOf(request) == Secret;

    /// <summary>May write the sandbox, and nothing else.</summary>
    public static ClaimsIdentity Identity(string scheme) =>
        Caller.Identity(scheme, CallerId, "Sandbox", false, [SandboxCouncil.Id], [], isShared: true);

    public static bool IsHeldBy(ClaimsPrincipal caller) => caller.CallerId() == CallerId;
}

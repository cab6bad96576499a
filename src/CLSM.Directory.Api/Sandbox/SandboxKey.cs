using CLSM.Directory.Api.Security;

namespace CLSM.Directory.Api.Sandbox;

/// <summary>
/// The key that everybody knows. It is no key of the register: it never expires, cannot be rotated or revoked (an operator closes the sandbox by
/// <c>Sandbox__Open=false</c>), and recognising it asks no database, so that a flood with it costs none.
/// </summary>
internal static class SandboxKey
{
    public const string Secret = "clsm_sandbox_public";

    /// <summary>Who holds it, in one word: everybody.</summary>
    public const string CallerId = "sandbox";

    /// <summary>For the contract and the top of Swagger UI: CommonMark.</summary>
    public const string Text =
        $"**Try writing**: every write below works as it stands in the council `{SandboxCouncil.Code}`, which is made up, with the public key `{Secret}` (`Authorize`). "
        + "Anyone may write there; it is made new every night at 02:00 UTC, and is in no national list, search, export or feed unless `council=sandbox` asks for it. Write nothing real.";

    public static bool IsShown(HttpRequest request) => BearerHeader.ValueOf(request) == Secret;

    /// <summary>May write the sandbox, and nothing else.</summary>
    public static System.Security.Claims.ClaimsIdentity Identity(string scheme) => Caller.Identity(scheme, CallerId, "Sandbox", false, [SandboxCouncil.Id], []);

    public static bool IsHeldBy(System.Security.Claims.ClaimsPrincipal caller) => caller.CallerId() == CallerId;
}

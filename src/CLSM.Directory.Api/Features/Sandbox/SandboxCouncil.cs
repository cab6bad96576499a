using CLSM.Directory.Api.Web.Resources;

namespace CLSM.Directory.Api.Features.Sandbox;

/// <summary>
/// A made-up council to which anyone may write. It appears only under its path and with <c>council=sandbox</c>: the published views show it
/// only to a statement that says so, and in no list, count, search, export or feed otherwise.
/// </summary>
internal static class SandboxCouncil
{
    public const string Code = "sandbox";

    /// <summary>Its id in the database (<c>directory.sandbox()</c>).</summary>
    public static readonly Guid Id = new("00000000-0000-7000-8000-000000000000");

    /// <summary>Its document after a reset.</summary>
    public static byte[] Document() => EmbeddedResource.ReadBytes("Seeds.sandbox.json");
}

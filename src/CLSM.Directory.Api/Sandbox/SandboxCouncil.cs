using CLSM.Directory.Api.Persistence;

namespace CLSM.Directory.Api.Sandbox;

/// <summary>
/// The council that is made up, to which anyone may write. It is seen where it is asked for by name (its path, or <c>council=sandbox</c>) and
/// in no list, count, search, export or feed besides: the published views show it only to a statement that says so.
/// </summary>
internal static class SandboxCouncil
{
    public const string Code = "sandbox";

    /// <summary>As the database knows it (migration 13).</summary>
    public static readonly Guid Id = new("00000000-0000-7000-8000-000000000000");

    /// <summary>What it is when it is new.</summary>
    public static byte[] Document() => EmbeddedText.ReadBytes("Seeds.sandbox.json");
}

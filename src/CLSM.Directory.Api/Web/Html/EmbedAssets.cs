using System.Security.Cryptography;
using System.Text;
using CLSM.Directory.Api.Web.Resources;

namespace CLSM.Directory.Api.Web.Html;

/// <summary>
/// The files that pages of ours and of partners load. Each is at an address with its own hash in it, so that it can be kept for ever. A script
/// that was once released stays: pages of partners name it together with its hash, and would refuse any other.
/// </summary>
internal sealed record EmbedAsset(string Name, string MediaType, byte[] Content)
{
    private const string Folder = "Web.Html.Assets.";

    public static readonly EmbedAsset Stylesheet = Read("embed.css", "text/css; charset=utf-8");

    public static readonly EmbedAsset Component = Read("v1.js", "text/javascript; charset=utf-8");

    /// <summary>Every script that a page of a partner may ask for, by its version; the present one is among them.</summary>
    public static readonly IReadOnlyDictionary<string, EmbedAsset> Components = EmbeddedResource.Names($"{Folder}Released.")
        .Select(name => Read(name[Folder.Length..], Component.MediaType))
        .Append(Component)
        .DistinctBy(script => script.Version)
        .ToDictionary(script => script.Version);

    /// <summary>The first half of the hash, hexadecimal.</summary>
    public string Version { get; } = Convert.ToHexStringLower(SHA256.HashData(Content))[..16];

    /// <summary>What a page states to accept this script and no other (W3C Subresource Integrity).</summary>
    public string Integrity { get; } = $"sha384-{Convert.ToBase64String(SHA384.HashData(Content))}";

    /// <summary>Changes with the program, so that what it wrote before is not taken for what it would write now.</summary>
    public static string Program { get; } = typeof(EmbedAsset).Assembly.ManifestModule.ModuleVersionId.ToString("N");

    private static EmbedAsset Read(string name, string mediaType) => new(name, mediaType, EmbeddedResource.ReadBytes(Folder + name));

    public override string ToString() => Encoding.UTF8.GetString(Content);
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace CLSM.Directory.Api.Web.Results;

/// <summary>ETags: of a resource its version, of a list the last change and the question.</summary>
internal static class ETags
{
    /// <summary>Added to the version of a document that was read without a key: what is restricted is not in it.</summary>
    public const string PublicView = "-public";

    /// <summary>Added to the version of a document that an agency read: what is for the council alone is not in it.</summary>
    public const string PartnerView = "-partners";

    public static string ForVersion(int version, bool isPublicView = false) => $"\"{version}{(isPublicView ? PublicView : "")}\"";

    public static string ForList(long stamp, string question, bool isPublic) =>
        $"\"{stamp}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question)))[..12]}{(isPublic ? PublicView : "")}\"";

    /// <summary>Of an answer that everybody gets alike, by whatever it depends on.</summary>
    public static string ForContent(string stamp, string question) =>
        $"\"{stamp}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question)))[..12]}\"";

    /// <summary>Whether the client holds this very answer already (RFC 9110: weak comparison).</summary>
    public static bool Matches(HttpRequest request, string etag) =>
        request.GetTypedHeaders().IfNoneMatch is { Count: > 0 } held
        && held.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(EntityTagHeaderValue.Parse(etag), useStrongComparison: false));
}

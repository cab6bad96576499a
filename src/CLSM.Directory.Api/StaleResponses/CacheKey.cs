using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Negotiation;

namespace CLSM.Directory.Api.StaleResponses;

/// <summary>The key of a response: the council that it is about, if it is about one, and a hash of everything that it depends on.</summary>
internal sealed record CacheKey(string? Council, string Hash)
{
    public static CacheKey Of(HttpContext context, string representation)
    {
        var request = context.Request;
        var asked = $"{request.Scheme}\n{request.Host}\n{request.PathBase}{request.Path}\n{request.QueryString}\n{(RequestLanguage.PrefersEnglish(request) ? "en" : "fr")}\n{representation}";
        return new CacheKey(
            context.GetRouteValue(CouncilResolver.RouteValue) as string,
            Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(asked))));
    }
}

using Microsoft.Net.Http.Headers;

namespace CLSM.Directory.Api.Web.Negotiation;

/// <summary>French first, English where it is asked for.</summary>
internal static class RequestLanguage
{
    public static bool PrefersEnglish(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptLanguage;
        return Quality(accepted, "en") > Quality(accepted, "fr");
    }

    private static double Quality(IList<StringWithQualityHeaderValue> accepted, string language) =>
        accepted.Where(value => value.Value.StartsWith(language, StringComparison.OrdinalIgnoreCase))
            .Select(value => value.Quality ?? 1)
            .DefaultIfEmpty(0)
            .Max();
}

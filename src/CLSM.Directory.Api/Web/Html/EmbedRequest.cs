using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Parameters;
using Microsoft.Extensions.Primitives;

namespace CLSM.Directory.Api.Web.Html;

/// <summary>What a page is asked for: in which language, in which colours, and the words of its address.</summary>
internal sealed record EmbedRequest(HttpContext Context, EmbedTexts Words, ParsedQuery Query)
{
    public static readonly QueryParameter Language = new ChoiceParameter(
        "lang", ["fr", "en"], null, "Language of the page; that of `Accept-Language` without it, else French.");

    public static readonly QueryParameter Theme = new ChoiceParameter(
        "theme", ["auto", "light", "dark"], "auto", "Colours of the page; those of the reader without it.");

    public static readonly QueryParameter Format = new ChoiceParameter(
        "format", ["page", "fragment"], "page", "`fragment`: the content alone, for copying into a page.");

    /// <summary>Whether the content is asked for alone, to be copied into a page that is elsewhere.</summary>
    public bool IsFragment => Query.GetValue(Format.Name) == "fragment";

    public string ChosenTheme => Query.GetValue(Theme.Name) ?? "auto";

    /// <summary>Where this directory is, as its reader sees it.</summary>
    public string Root => $"{Context.Request.Scheme}://{Context.Request.Host}{Context.Request.PathBase}";

    /// <summary>What goes before a path in a link: nothing in a page of ours, the whole place where the content is copied elsewhere.</summary>
    public string Origin => IsFragment ? $"{Context.Request.Scheme}://{Context.Request.Host}" : "";

    /// <summary>The words of the request, or a page that says what is wrong with them.</summary>
    public static (EmbedRequest Request, IResult? ErrorPage) Read(HttpContext context, params IReadOnlyList<QueryParameter> parameters)
    {
        // A form sends its fields even where nothing was written in them.
        var given = new QueryCollection(context.Request.Query.Where(pair => !StringValues.IsNullOrEmpty(pair.Value)).ToDictionary());
        var (values, problem) = ParsedQuery.Read(given, [.. parameters, Language, Theme]);
        var english = values.GetValue(Language.Name) is { } language ? language == "en" : RequestLanguage.PrefersEnglish(context.Request);
        var request = new EmbedRequest(context, english ? EmbedTexts.English : EmbedTexts.French, values);
        problem = ParsedQuery.CheckText(context.Request.QueryString) ?? problem;
        return (request, problem is null ? null : MessagePage.Of(request, problem));
    }

    /// <summary>A page of the directory, in the same language and colours: by its path here, by its whole address where the content is copied elsewhere.</summary>
    public string Href(string path, params (string Name, string? Value)[] words) => Origin + Context.Request.PathBase + path + Asked(words);

    /// <summary>The whole address of a page, in the same language and colours.</summary>
    public string Address(string path, params (string Name, string? Value)[] words) => Root + path + Asked(words);

    /// <summary>What was chosen in the address, to be sent on with a form.</summary>
    public IEnumerable<(string Name, string Value)> Chosen() =>
        new[] { Language.Name, Theme.Name }.Where(name => Query.GetValues(name) is not null).Select(name => (name, Query.GetValue(name)!));

    private string Asked((string Name, string? Value)[] words) => QueryString.Create(
        words.Where(word => word.Value is not null).Concat(Chosen().Select(chosen => (chosen.Name, Value: (string?)chosen.Value)))
            .Select(word => KeyValuePair.Create(word.Name, word.Value))).ToString();
}

namespace CLSM.Directory.Api.Web.Html;

/// <summary>What is around the content of every page.</summary>
internal static class PageFrame
{
    /// <summary>Where the stylesheet is: its address changes with it, so that it is kept for ever.</summary>
    public static string Stylesheet => $"/embed/assets/{EmbedAsset.Stylesheet.Version}.css";

    /// <summary>A page. <paramref name="address"/> is its own, for machines that find it; a message has none.</summary>
    public static Html Of(EmbedRequest request, string title, Html content, string? address = null, Html data = default) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="{request.Words.Language}" data-theme="{request.ChosenTheme}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{title}</title>
        <link rel="stylesheet" href="{request.Context.Request.PathBase.Value}{Stylesheet}">
        {(address is null ? Html.Nothing : Discovery(request, title, address))}
        {data}
        </head>
        <body>
        {content}
        </body>
        </html>

        """);

    private static Html Discovery(EmbedRequest request, string title, string address) => Html.Of($"""
        <link rel="canonical" href="{address}">
        <link rel="alternate" type="application/json+oembed" href="{Oembed(request, address, "json")}" title="{title}">
        <link rel="alternate" type="text/xml+oembed" href="{Oembed(request, address, "xml")}" title="{title}">
        """);

    private static string Oembed(EmbedRequest request, string address, string format) =>
        $"{request.Root}/oembed{QueryString.Create([KeyValuePair.Create("url", (string?)address), KeyValuePair.Create("format", (string?)format)])}";
}

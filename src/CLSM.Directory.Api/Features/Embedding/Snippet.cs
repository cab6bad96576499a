using CLSM.Directory.Api.Web.Html;

namespace CLSM.Directory.Api.Features.Embedding;

/// <summary>What a partner pastes into a page.</summary>
internal static class Snippet
{
    /// <summary>Enough for most councils; a frame scrolls.</summary>
    public const int Height = 560;

    /// <summary>A frame, without any script.</summary>
    public static Html Frame(string address, string title, string width, int height) => Html.Of(
        $"""<iframe src="{address}" title="{title}" width="{width}" height="{height}" style="border:0" loading="lazy"></iframe>""");

    /// <summary>The web component, pinned to this very file, with a link for where no script runs.</summary>
    public static Html Component(EmbedRequest request, string address, string title, IEnumerable<(string Name, string Value)> words) => Html.Of($"""
        <script src="{request.Root}/embed/v1.js?version={EmbedAsset.Component.Version}" integrity="{EmbedAsset.Component.Integrity}" crossorigin="anonymous" defer></script>
        <clsm-council{Html.Each(words, word => Html.Of($" {word.Name}=\"{word.Value}\""))} lang="{request.Words.Language}"><a href="{address}">{title}</a></clsm-council>
        """);
}

using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Html;

namespace CLSM.Directory.Api.Features.Guides;

/// <summary>The changes of the contract, the newest first.</summary>
internal static class ChangelogPage
{
    public static IResult Of(EmbedRequest request, ApiChangelog history)
    {
        var words = request.Words;
        return GuidePage.Of(request, "changelog", words.Say("Les changements du contrat", "Changes of the contract"), Html.Of($"""
            <p>{words.Say(
                "Ce qui est promis dans /v1 n’est jamais retiré ni rétréci. Une opération qui doit finir le dit au moins un an avant, ici et par les en-têtes Deprecation et Sunset de ses réponses. De nouveaux membres, codes et opérations peuvent venir : un programme ignore ceux qu’il ne connaît pas.",
                "What /v1 promises is never taken back nor narrowed. An operation that is to end says so at least a year before, here and by the headers Deprecation and Sunset of its answers. New members, codes and operations may come: a program ignores those that it does not know.")}</p>
            {Html.Each(history.Changes, change => Day(request, change))}
            """));
    }

    private static Html Day(EmbedRequest request, ApiChange change) => Html.Of($"""
        <section class="clsm-section"><h2>{request.Words.Day(change.Date)}{request.Words.Say(" : ", ": ")}{GuidePage.Say(request, change.Title)}</h2>
        {List(request.Words.Say("À finir", "To end"), change.Deprecated, deprecation => Html.Of($"""<code>{deprecation.Operation}</code>, {request.Words.Say("jusqu’au", "until")} {request.Words.Day(deprecation.Sunset)}. {GuidePage.Say(request, deprecation.Instead)}"""))}
        {List(request.Words.Say("Changé", "Changed"), change.Changed, text => Html.Of($"{GuidePage.Say(request, text)}"))}
        {List(request.Words.Say("Nouveau", "New"), change.Added, operation => Html.Of($"<code>{operation}</code>"))}
        </section>
        """);

    private static Html List<T>(string title, IReadOnlyList<T> entries, Func<T, Html> write) => entries.Count == 0
        ? Html.Nothing
        : Html.Of($"""<h3>{title}</h3><ul class="clsm-departments">{Html.Each(entries, entry => Html.Of($"<li>{write(entry)}</li>"))}</ul>""");
}

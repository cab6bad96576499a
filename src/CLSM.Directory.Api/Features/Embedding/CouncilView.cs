using CLSM.Directory.Api.Web.Html;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Api.Features.Embedding;

/// <summary>A council as people read it. The headings of the content begin at a level that fits the page around it.</summary>
internal sealed class CouncilView(EmbedRequest request, DateOnly today, int level)
{
    private const int MaxLetters = 700;

    private readonly EmbedTexts words = request.Words;

    /// <summary>The day of a page, by UTC: councils cover places from and until days.</summary>
    public static DateOnly TodayOf(TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>Name, territory, contacts, bodies, groups and web site. The words of councils are French, whatever the language of the page.</summary>
    public Html Content(CouncilDocument council) => Html.Of($"""
        <p class="clsm-kind">{words.Label("council-kinds", council.Kind)}{Status(council)}</p>
        <h{level} class="clsm-name" lang="fr">{council.Name}</h{level}>
        {Territory(council)}
        {(council.Purpose is null ? Html.Nothing : Html.Of($"""<p class="clsm-purpose" lang="fr">{Shortened(council.Purpose)}</p>"""))}
        {(council.Website is null ? Html.Nothing : Html.Of($"""<p class="clsm-website">{words.Website}{Colon} {PublicLink.Outside(words, council.Website, Host(council.Website))}</p>"""))}
        <section class="clsm-section">
        <h{level + 1}>{words.Contact}</h{level + 1}>
        {Contacts(council.Contacts)}
        </section>
        {Section(words.Bodies, council.GovernanceBodies, Body)}
        {Section(words.Groups, council.WorkingGroups, Group)}
        """);

    public Html Contacts(IReadOnlyList<Contact>? contacts) => contacts is not { Count: > 0 }
        ? Html.Of($"<p>{words.NoContact}</p>")
        : Html.Of($"""<ul class="clsm-contacts">{Html.Each(contacts, Contact)}</ul>""");

    /// <summary>What the territory is called, else its parts.</summary>
    public string? TerritoryOf(Council council)
    {
        var parts = (council.Territory?.Parts ?? [])
            .Where(part => part.To is null || string.CompareOrdinal(part.To.Value, $"{today:yyyy-MM-dd}") > 0)
            .Select(part => part.Label ?? $"{words.Label("territory-types", part.Type)} {part.Code}").ToList();
        if (council.Territory?.Label is { } whole && parts.TrueForAll(part => whole.Contains(part, StringComparison.OrdinalIgnoreCase)))
        {
            return whole;
        }

        var listed = string.Join(", ", parts.Take(12)) + (parts.Count > 12 ? $", … ({parts.Count})" : "");
        return (council.Territory?.Label, listed) switch
        {
            (null, "") => null,
            (null, _) => listed,
            ({ } label, "") => label,
            ({ } label, _) => $"{label} ({listed})",
        };
    }

    public Html Status(Council council) =>
        council.Status == "active" ? Html.Nothing : Html.Of($""" <span class="clsm-badge">{words.Label("council-statuses", council.Status)}</span>""");

    private string Colon => words.Say(" :", ":");

    private Html Territory(Council council) => TerritoryOf(council) is { } territory
        ? Html.Of($"""<p class="clsm-territory">{words.Territory}{Colon} <span lang="fr">{territory}</span></p>""")
        : Html.Nothing;

    private Html Section<T>(string title, IReadOnlyList<T>? items, Func<T, Html> write) => items is not { Count: > 0 }
        ? Html.Nothing
        : Html.Of($"""
            <section class="clsm-section">
            <h{level + 1}>{title}</h{level + 1}>
            <ul class="clsm-list">{Html.Each(items, write)}</ul>
            </section>
            """);

    private Html Contact(Contact contact) => Html.Of($"""
        <li>
        <p class="clsm-contact" lang="fr">{contact.Label}{(contact.Person is null || contact.Person == contact.Label ? "" : $", {contact.Person}")}</p>
        <p class="clsm-soft">{words.Label("contact-functions", contact.Function)}{(contact.Organisation?.Name is { } organisation ? Html.Of($""" – <span lang="fr">{organisation}</span>""") : Html.Nothing)}</p>
        {Html.Each(contact.Phones, phone => Html.Of($"<p>{words.Telephone}{Colon} {PublicLink.Telephone(phone)}</p>"))}
        {Html.Each(contact.Emails, email => Html.Of($"<p>{words.Email}{Colon} {PublicLink.Email(email)}</p>"))}
        {(contact.Address is { } address ? Html.Of($"""<p lang="fr">{Postal(address)}</p>""") : Html.Nothing)}
        </li>
        """);

    private Html Body(GovernanceBody body) => Html.Of($"""
        <li><span lang="fr">{body.Name}</span>{Details(
            body.Name.Equals(words.Label("governance-body-types", body.Type), StringComparison.OrdinalIgnoreCase) ? null : words.Label("governance-body-types", body.Type),
            body.MeetingFrequency is { } frequency ? words.Label("frequencies", frequency.Code) : null,
            body.Openness is { } openness ? words.Label("openness-levels", openness) : null)}</li>
        """);

    private Html Group(WorkingGroup group) => Html.Of($"""
        <li><span lang="fr">{group.Name}</span>{Details(
            group.Status is { } status && status != "active" ? words.Label("working-group-statuses", status) : null,
            group.Themes is { Count: > 0 } themes ? string.Join(", ", themes.Select(theme => words.Label("themes", theme))) : null)}</li>
        """);

    private static Html Details(params IEnumerable<string?> details) => string.Join(" · ", details.Where(detail => detail is not null)) is { Length: > 0 } text
        ? Html.Of($""" <span class="clsm-soft">{text}</span>""")
        : Html.Nothing;

    private static string Postal(PostalAddress address) =>
        string.Join(", ", [.. address.Lines ?? [], .. new[] { $"{address.Postcode} {address.City}".Trim() }.Where(line => line.Length > 0)]);

    private static string Host(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? uri.Host : address;

    private static string Shortened(string text) =>
        text.Length <= MaxLetters ? text : $"{text[..(text.LastIndexOf(' ', MaxLetters) is var end and > 0 ? end : MaxLetters)].TrimEnd('\uD83D', ' ', ',')} …";
}

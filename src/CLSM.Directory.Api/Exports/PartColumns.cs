using CLSM.Directory.Api.Contacts;
using CLSM.Directory.Api.Events;
using CLSM.Directory.Api.GovernanceBodies;
using CLSM.Directory.Api.Organisations;
using CLSM.Directory.Api.Parts;
using CLSM.Directory.Api.Statements;
using CLSM.Directory.Api.WorkingGroups;

namespace CLSM.Directory.Api.Exports;

/// <summary>The columns of the parts of councils.</summary>
internal static class PartColumns
{
    private const string Themes = "Codes of the list `themes`.";

    public static readonly IReadOnlyList<ExportColumn<GovernanceBody>> GovernanceBodies = Around<GovernanceBody>(
    [
        ExportColumn<GovernanceBody>.Text("type", "Code of the list `governance-body-types`.", body => body.Type),
        ExportColumn<GovernanceBody>.Text("name", "Name.", body => body.Name),
        ExportColumn<GovernanceBody>.Text("purpose", "What it is for.", body => body.Purpose),
        ExportColumn<GovernanceBody>.Text("openness", "Code of the list `openness-levels`.", body => body.Openness),
        ExportColumn<GovernanceBody>.Text("meetingFrequency", "Code of the list `frequencies`.", body => body.MeetingFrequency?.Code),
        ExportColumn<GovernanceBody>.Text("meetingFrequencyText", "The frequency in the words of the source.", body => body.MeetingFrequency?.Text),
        ExportColumn<GovernanceBody>.List("posts", "Codes of the list `post-functions`.", body => body.Posts?.Select(post => post.Function)),
        ExportColumn<GovernanceBody>.List("composition", "Who sits in it, in the words of the source.", body => Labels(body.Composition)),
        ExportColumn<GovernanceBody>.List("compositionCategories", "Codes of the list `participant-categories`, each once.", body => Categories(body.Composition)),
    ]);

    public static readonly IReadOnlyList<ExportColumn<WorkingGroup>> WorkingGroups = Around<WorkingGroup>(
    [
        ExportColumn<WorkingGroup>.Text("kind", "Code of the list `working-group-kinds`.", group => group.Kind),
        ExportColumn<WorkingGroup>.Text("name", "Name.", group => group.Name),
        ExportColumn<WorkingGroup>.Text("purpose", "What it is for.", group => group.Purpose),
        ExportColumn<WorkingGroup>.Text("openness", "Code of the list `openness-levels`.", group => group.Openness),
        ExportColumn<WorkingGroup>.Text("status", "Code of the list `working-group-statuses`.", group => group.Status),
        ExportColumn<WorkingGroup>.List("themes", Themes, group => group.Themes),
        ExportColumn<WorkingGroup>.Integer("typicalSize", "Usual number of members.", group => group.TypicalSize?.Value),
        ExportColumn<WorkingGroup>.Text("typicalSizePrecision", "Code of the list `size-precisions`.", group => group.TypicalSize?.Precision),
        ExportColumn<WorkingGroup>.List("leads", "Names of the organisations that lead it.", group => group.Leads?.Select(lead => lead.Name)),
        ExportColumn<WorkingGroup>.List("composition", "Who sits in it, in the words of the source.", group => Labels(group.Composition)),
        ExportColumn<WorkingGroup>.List("compositionCategories", "Codes of the list `participant-categories`, each once.", group => Categories(group.Composition)),
        ExportColumn<WorkingGroup>.List("outputs", "What it produced, or produces.", group => group.Outputs),
    ]);

    public static readonly IReadOnlyList<ExportColumn<Organisation>> Organisations = Around<Organisation>(
    [
        ExportColumn<Organisation>.Text("name", "Name.", organisation => organisation.Name),
        ExportColumn<Organisation>.Text("acronym", "Acronym.", organisation => organisation.Acronym),
        ExportColumn<Organisation>.Text("category", "Code of the list `participant-categories`.", organisation => organisation.Category),
        ExportColumn<Organisation>.List("roles", "Codes of the list `organisation-roles`.", organisation => organisation.Roles),
        ExportColumn<Organisation>.Text("siren", "SIREN.", organisation => organisation.Identifiers?.Siren),
        ExportColumn<Organisation>.Text("siret", "SIRET.", organisation => organisation.Identifiers?.Siret),
        ExportColumn<Organisation>.Text("finess", "FINESS.", organisation => organisation.Identifiers?.Finess),
        ExportColumn<Organisation>.Text("rna", "RNA.", organisation => organisation.Identifiers?.Rna),
        ExportColumn<Organisation>.Text("website", "Web site.", organisation => organisation.Website),
        ExportColumn<Organisation>.Text("address", "Lines of the postal address, parted by a vertical bar.", organisation => Cells.Address(organisation.Address)),
        ExportColumn<Organisation>.Text("postcode", "Postcode.", organisation => organisation.Address?.Postcode),
        ExportColumn<Organisation>.Text("city", "City.", organisation => organisation.Address?.City),
        ExportColumn<Organisation>.Text("commune", "INSEE code of the commune.", organisation => organisation.Address?.CommuneCode),
    ]);

    public static readonly IReadOnlyList<ExportColumn<Contact>> Contacts = Around<Contact>(
    [
        ExportColumn<Contact>.Text("function", "Code of the list `contact-functions`.", contact => contact.Function),
        ExportColumn<Contact>.Text("label", "The contact in the words of the source.", contact => contact.Label),
        ExportColumn<Contact>.Text("organisation", "Name of the organisation at which it is reached.", contact => contact.Organisation?.Name),
        ExportColumn<Contact>.Boolean("nominative", "Whether it names or identifies a person.", contact => contact.Nominative),
        ExportColumn<Contact>.Text("person", "Name of the person, where it is public.", contact => contact.Person),
        ExportColumn<Contact>.List("emails", "E-mail addresses.", contact => contact.Emails),
        ExportColumn<Contact>.List(
            "phones",
            "Telephone numbers as in ITU-T E.123, `+33 4 76 03 43 52`: blanks left out, they are E.164. Without blanks, spreadsheets would take them for numbers.",
            contact => contact.Phones?.Select(Cells.Phone)),
        ExportColumn<Contact>.Text("address", "Lines of the postal address, parted by a vertical bar.", contact => Cells.Address(contact.Address)),
        ExportColumn<Contact>.Text("postcode", "Postcode.", contact => contact.Address?.Postcode),
        ExportColumn<Contact>.Text("city", "City.", contact => contact.Address?.City),
        ExportColumn<Contact>.Text("commune", "INSEE code of the commune.", contact => contact.Address?.CommuneCode),
        ExportColumn<Contact>.Text("legalBasis", "Code of the list `legal-bases`.", contact => contact.LegalBasis),
        ExportColumn<Contact>.Text("source", "Id of the council's source that published it.", contact => contact.Source),
        ExportColumn<Contact>.Date("reviewOn", "Day by which it is to be checked again.", contact => contact.ReviewOn),
    ]);

    public static readonly IReadOnlyList<ExportColumn<CouncilEvent>> Events = Around<CouncilEvent>(
    [
        ExportColumn<CouncilEvent>.Text("name", "Name.", item => item.Name),
        ExportColumn<CouncilEvent>.Text("kind", "Code of the list `event-kinds`.", item => item.Kind),
        ExportColumn<CouncilEvent>.Text("recurrence", "Code of the list `recurrences`.", item => item.Recurrence),
        ExportColumn<CouncilEvent>.Date("from", "First day.", item => item.From),
        ExportColumn<CouncilEvent>.Date("to", "Last day.", item => item.To),
        ExportColumn<CouncilEvent>.List("themes", Themes, item => item.Themes),
    ]);

    private static ExportColumn<T>[] Around<T>(IReadOnlyList<ExportColumn<T>> own)
        where T : CouncilPart =>
    [
        ExportColumn<T>.Text("council", "Code of the council.", part => part.Council),
        ExportColumn<T>.Text("id", "Id, unique with the council.", part => part.Id?.ToString()),
        .. own,
        ExportColumn<T>.List("inferred", "JSON Pointers of what is concluded and not stated; `/` is the whole.", part => Cells.Inferred(part.Evidence)),
        ExportColumn<T>.Integer("version", "Rises with every change.", part => part.Version),
        ExportColumn<T>.Instant("createdAt", "When the directory took it in (UTC).", part => part.CreatedAt),
        ExportColumn<T>.Instant("updatedAt", "When it last changed (UTC).", part => part.UpdatedAt),
    ];

    private static IEnumerable<string>? Labels(IReadOnlyList<CompositionEntry>? composition) => composition?.Select(entry => entry.Label);

    private static IEnumerable<string?>? Categories(IReadOnlyList<CompositionEntry>? composition) => composition?.Select(entry => entry.Category).Distinct();
}

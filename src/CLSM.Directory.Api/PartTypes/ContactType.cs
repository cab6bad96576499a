using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Web.Files;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Validation;
using FluentValidation;

namespace CLSM.Directory.Api.PartTypes;

/// <summary>Contacts: <c>/v1/councils/{council}/contacts</c> and <c>/v1/contacts</c>.</summary>
internal sealed class ContactType() : PartType<ContactRow, Contact>(
    ModelJsonContext.Instance.Contact,
    new ContactValidator(),
    new(document => document.Contacts, (document, parts) => document with { Contacts = parts }))
{
    /// <summary>Name in the change log.</summary>
    public const string Name = "contact";

    public override PartNames Names { get; } = new("contacts", Name, "Contacts", "Contact", "Contacts", "contact", "contacts")
    {
        Member = "contacts",
        Purpose = "Whom to call: a function first, a person only with a legal basis. "
            + "Without a key of the council only contacts with visibility `public` are there.",
    };

    public override IReadOnlyList<PartFilter<ContactRow>> Filters { get; } =
    [
        new(
            new CodeParameter("function", "contact-functions", "Only contacts with these functions.") { IsList = true },
            values => row => values.Contains(row.Function)),
    ];

    public override IReadOnlyList<string> OptionalMembers { get; } = ["organisation", "emails", "phones", "address"];

    public override IReadOnlyList<ExportColumn<Contact>> Columns { get; } =
    [
        ExportColumn<Contact>.Text("function", "Code of the list `contact-functions`.", contact => contact.Function),
        ExportColumn<Contact>.Text("label", "The contact in the words of the source.", contact => contact.Label),
        ExportColumn<Contact>.Text(
            "organisation", "Name of the organisation at which it is reached.", contact => contact.Organisation?.Name),
        ExportColumn<Contact>.Boolean("nominative", "Whether it names or identifies a person.", contact => contact.Nominative),
        ExportColumn<Contact>.Text("person", "Name of the person, where it is public.", contact => contact.Person),
        ExportColumn<Contact>.List("emails", "E-mail addresses.", contact => contact.Emails),
        ExportColumn<Contact>.List(
            "phones",
            "Telephone numbers as in ITU-T E.123, `+33 4 76 03 43 52`: blanks left out, they are E.164. "
            + "Without blanks, spreadsheets would take them for numbers.",
            contact => contact.Phones?.Select(Cells.Phone)),
        .. PartCells.Address<Contact>(part => part.Address),
        ExportColumn<Contact>.Text("legalBasis", "Code of the list `legal-bases`.", contact => contact.LegalBasis),
        ExportColumn<Contact>.Text("source", "Id of the council's source that published it.", contact => contact.Source),
        ExportColumn<Contact>.Date("reviewOn", "Day by which it is to be checked again.", contact => contact.ReviewOn),
    ];

    public override PartExamples Examples { get; } = new(
        Create:
            """
            {"function":"general-enquiries","label":"Accueil fictif","nominative":false,"visibility":"public","phones":["+33199000001"]}
            """,
        Change: """{"phones":["+33199000002"]}""");
}

/// <summary>Personal data has a legal basis, a source and a review date (RGPD, art. 5 and 6).</summary>
internal sealed class ContactValidator : AbstractValidator<Contact>
{
    private const string Needed = "needed-when-nominative";

    public ContactValidator()
    {
        RuleFor(contact => contact.Person).Must((contact, person) => person is null || contact.Nominative).Or("person-not-nominative");
        RuleFor(contact => contact.LegalBasis)
            .Must((contact, basis) => basis is not null || !contact.Nominative).Or(Needed, _ => ["legalBasis"]);
        RuleFor(contact => contact.Source).Must((contact, source) => source is not null || !contact.Nominative).Or(Needed, _ => ["source"]);
        RuleFor(contact => contact.ReviewOn).Must((contact, day) => day is not null || !contact.Nominative).Or(Needed, _ => ["reviewOn"]);
    }
}

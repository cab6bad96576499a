using CLSM.Directory.Api.Contacts;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Model.Json;
using CLSM.Directory.Api.Persistence;
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
}

/// <summary>Personal data has a legal basis, a source and a review date (RGPD, art. 5 and 6).</summary>
internal sealed class ContactValidator : AbstractValidator<Contact>
{
    private const string Needed = "needed-when-nominative";

    public ContactValidator()
    {
        RuleFor(contact => contact.Person).Must((contact, person) => person is null || contact.Nominative).Or("person-not-nominative");
        RuleFor(contact => contact.LegalBasis).Must((contact, basis) => basis is not null || !contact.Nominative).Or(Needed, _ => ["legalBasis"]);
        RuleFor(contact => contact.Source).Must((contact, source) => source is not null || !contact.Nominative).Or(Needed, _ => ["source"]);
        RuleFor(contact => contact.ReviewOn).Must((contact, day) => day is not null || !contact.Nominative).Or(Needed, _ => ["reviewOn"]);
    }
}

using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Results;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Vocabularies;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CLSM.Directory.Api.Features.DataProtection;

/// <summary>What is held of a contact and why: <c>/v1/contacts/{id}/processing</c>.</summary>
internal static class ProcessingRoutes
{
    private static readonly Label Purpose = new() { Fr = "Permettre à chacun de joindre le conseil local de santé mentale.", En = "To let everybody reach the council." };

    private static readonly Dictionary<string, Label> Recipients = new(StringComparer.Ordinal)
    {
        ["public"] = new() { Fr = "Tout le monde : pages, listes, exports, formats d’échange et sites partenaires.", En = "Everybody: pages, lists, exports, exchange formats and partner sites." },
        ["partners"] = new() { Fr = "Le conseil, les administrateurs de l’annuaire, et les agences habilitées de la région du conseil.", En = "The council, the directory’s administrators, and authorised agencies of the council’s region." },
        ["council"] = new() { Fr = "Le conseil et les administrateurs de l’annuaire seulement.", En = "The council and the directory’s administrators only." },
    };

    private static readonly Label Retention = new()
    {
        Fr = "Tant que le contact est dans l’annuaire ; ensuite dans l’historique du conseil, que lui seul et les administrateurs lisent. Une opposition efface les deux.",
        En = "While the contact is in the directory; then in the council’s history, which only the council and administrators read. An objection erases both.",
    };

    private static readonly Label Rights = new()
    {
        Fr = "Accès, rectification, opposition (RGPD, art. 15, 16 et 21) : s’adresser au conseil ou à l’administrateur de l’annuaire, qui retire le contact par objection.",
        En = "Access, rectification, objection (GDPR, art. 15, 16 and 21): ask the council or the directory’s administrator, who withdraws the contact by objection.",
    };

    public static void Map(IEndpointRouteBuilder v1) =>
        v1.MapGet("/contacts/{id}/processing", ReadAsync)
            .WithMetadata(new EndpointContract { Parameters = [ContactLocation.CouncilParameter] })
            .WithName(DataProtectionExamples.Processing).WithTags("Personal data")
            .WithSummary("What is held of a contact, and why")
            .WithDescription(
                "Which values of a contact are held and which of them are personal, what for, on which legal basis, from which source, until when, who sees them, and how to object (RGPD, art. 13 to 15). "
                + "Who may read the contact may read this. After an objection it answers 410 with the reason.")
            .Produces<Processing>();

    private static async Task<IResult> ReadAsync(
        HttpContext context,
        string id,
        [FromKeyedServices(DataSources.Service)] NpgsqlDataSource source,
        ReadAccess reading,
        PublishedDbContext published,
        CouncilResolver councils,
        CancellationToken cancellationToken)
    {
        if (!(await ContactLocation.FindAsync(context, id, source, cancellationToken)).TryGet(out var place, out var problem))
        {
            return problem;
        }

        var contact = place.Contact;
        councils.Enter(place.Tenant);
        var from = reading.OfCouncil(place.Tenant);
        var found = await (
            from row in @from.Database.Contacts
            where row.CouncilId == place.CouncilId && row.Id == contact
            join council in @from.Database.Councils on row.CouncilId equals council.Id
            select new { Contact = row, Council = council }).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return found is null
            ? await Removals.FindAsync(published, place.CouncilId, ContactType.Name, contact, cancellationToken)
            : new JsonResult<Processing>(
                Of(found.Contact.ToModel(place.Council), (found.Council.Statement.Sources ?? []).FirstOrDefault(one => one.Id == found.Contact.Statement.Source)),
                $"\"{found.Contact.Version}-{found.Council.Version}\"",
                found.Council.UpdatedAt);
    }

    private static Processing Of(Contact contact, Source? source) => new()
    {
        Contact = contact.Id!.Value,
        Council = contact.Council!,
        Function = contact.Function,
        Nominative = contact.Nominative,
        Visibility = Labelled("visibilities", contact.Visibility),
        Held = [.. Held(contact)],
        Purpose = Purpose,
        LegalBasis = contact.LegalBasis is { } basis ? Labelled("legal-bases", basis) : null,
        Source = source,
        ReviewOn = contact.ReviewOn,
        Recipients = Recipients[contact.Visibility],
        Retention = Retention,
        Rights = Rights,
        Href = $"/v1/councils/{contact.Council}/contacts/{contact.Id}",
        Objection = $"/v1/contacts/{contact.Id}/objection",
    };

    private static IEnumerable<HeldValue> Held(Contact contact)
    {
        (string Member, string Fr, string En, bool IsHeld)[] values =
        [
            ("person", "Nom de la personne", "Name of the person", contact.Person is not null),
            ("label", "Intitulé", "Label", true),
            ("emails", "Adresses électroniques", "E-mail addresses", contact.Emails is not null),
            ("phones", "Numéros de téléphone", "Telephone numbers", contact.Phones is not null),
            ("address", "Adresse postale", "Postal address", contact.Address is not null),
        ];

        // In a contact that identifies a person, every value is that person's.
        return values.Where(value => value.IsHeld).Select(value => new HeldValue
        {
            Member = $"/{value.Member}",
            Label = new Label { Fr = value.Fr, En = value.En },
            Personal = contact.Nominative,
        });
    }

    private static LabelledCode Labelled(string vocabulary, string code) => new() { Code = code, Label = VocabularyCatalogue.Get(vocabulary).ByCode[code].Label };
}

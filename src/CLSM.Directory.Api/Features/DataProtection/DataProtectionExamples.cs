using System.Text.Json.Nodes;

namespace CLSM.Directory.Api.Features.DataProtection;

/// <summary>For the contract: what is held of Grenoble's contact, and what an objection takes away in the sandbox.</summary>
internal static class DataProtectionExamples
{
    public const string Objection = "objectToContact";
    public const string Processing = "getContactProcessing";

    public const string Contact = "01a200f2-4f07-765f-812a-c5c92ef9f088";

    private const string MadeContact = "00000000-0000-7000-8000-000000000011";

    /// <summary>What is read is Grenoble's; who is taken out is made up.</summary>
    public static string ContactFor(string operationId) => operationId == Objection ? MadeContact : Contact;

    public static bool IsAbout(string operationId) => operationId is Objection or Processing;

    public static JsonNode Response(string operationId) => operationId == Objection
        ? JsonNode.Parse($$"""{"contact":"{{MadeContact}}","council":"sandbox","reason":"objection","at":"2026-11-22T09:00:00Z","contacts":1,"texts":0,"historyEntries":0}""")!
        : JsonNode.Parse(
            $$"""
            {"contact":"{{Contact}}","council":"grenoble","function":"general-enquiries","nominative":false,
             "visibility":{"code":"public","label":{"fr":"Public","en":"Public"} },
             "held":[
               {"member":"/label","label":{"fr":"Intitulé","en":"Label"},"personal":false},
               {"member":"/emails","label":{"fr":"Adresses électroniques","en":"E-mail addresses"},"personal":false},
               {"member":"/phones","label":{"fr":"Numéros de téléphone","en":"Telephone numbers"},"personal":false},
               {"member":"/address","label":{"fr":"Adresse postale","en":"Postal address"},"personal":false}],
             "purpose":{"fr":"Permettre à chacun de joindre le conseil local de santé mentale.","en":"To let everybody reach the council."},
             "source":{"id":"fiche-2024","title":"CLSM – Conseil Local de Santé Mentale (Ville de Grenoble)","updatedOn":"2024-03-14","retrievedOn":"2026-11-22"},
             "recipients":{"fr":"Tout le monde : pages, listes, exports, formats d’échange et sites partenaires.","en":"Everybody: pages, lists, exports, exchange formats and partner sites."},
             "retention":{"fr":"Tant que le contact est dans l’annuaire ; ensuite dans l’historique du conseil, que lui seul et les administrateurs lisent. Une opposition efface les deux.","en":"While the contact is in the directory; then in the council’s history, which only the council and administrators read. An objection erases both."},
             "rights":{"fr":"Accès, rectification, opposition (RGPD, art. 15, 16 et 21) : s’adresser au conseil ou à l’administrateur de l’annuaire, qui retire le contact par objection.","en":"Access, rectification, objection (GDPR, art. 15, 16 and 21): ask the council or the directory’s administrator, who withdraws the contact by objection."},
             "href":"/v1/councils/grenoble/contacts/{{Contact}}",
             "objection":"/v1/contacts/{{Contact}}/objection"}
            """)!;
}

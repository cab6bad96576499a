using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using CLSM.Directory.Api.Web.Html;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;

namespace CLSM.Directory.Api.Features.Embedding;

/// <summary>A council for machines that read pages: schema.org, as JSON-LD in the page itself.</summary>
internal static class StructuredData
{
    // What could end the element, or begin a comment in it, is written as an escape of JSON.
    private static readonly JsonWriterOptions Safe = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static Html Of(CouncilDocument council, string address, EmbedRequest request) => Element(new JsonObject
    {
        ["@context"] = "https://schema.org",
        ["@graph"] = new JsonArray(
            new JsonObject
            {
                ["@type"] = "WebPage",
                ["@id"] = address,
                ["url"] = address,
                ["name"] = council.Name,
                ["inLanguage"] = request.Words.Language,
                ["dateModified"] = council.UpdatedAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
                ["license"] = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
                ["mainEntity"] = new JsonObject { ["@id"] = $"{address}#council" },
            },
            Organisation(council, $"{address}#council", request.Words)),
    });

    /// <summary>A list of councils, each by its page.</summary>
    public static Html OfList(IEnumerable<(string Name, string Address)> councils) => Element(new JsonObject
    {
        ["@context"] = "https://schema.org",
        ["@type"] = "ItemList",
        ["itemListElement"] = new JsonArray([.. councils.Select((council, index) => (JsonNode)new JsonObject
        {
            ["@type"] = "ListItem",
            ["position"] = index + 1,
            ["name"] = council.Name,
            ["url"] = council.Address,
        })]),
    });

    private static JsonObject Organisation(CouncilDocument council, string id, EmbedTexts words) => Stated(new JsonObject
    {
        ["@type"] = "GovernmentOrganization",
        ["@id"] = id,
        ["identifier"] = council.Code,
        ["name"] = council.Name,
        ["alternateName"] = Texts((council.Aliases ?? []).Select(alias => alias.Name).Prepend(council.ShortName).OfType<string>().Distinct()),
        ["description"] = council.Purpose,
        ["url"] = PublicLink.WebAddress(council.Website),
        ["foundingDate"] = council.Foundation?.Date is { Precision: "day" or "month" or "year" } date ? date.Value : null,
        ["areaServed"] = Many((council.Territory?.Parts ?? []).Where(part => part.To is null).Select(part => Place(part, words))),
        ["contactPoint"] = Many((council.Contacts ?? []).Select(contact => Point(contact, words))),
    });

    private static JsonObject Place(TerritoryPart part, EmbedTexts words) => Stated(new JsonObject
    {
        ["@type"] = part.Type is "commune" or "municipal-arrondissement" or "epci" or "department" ? "AdministrativeArea" : "Place",
        ["name"] = part.Label ?? $"{words.Label("territory-types", part.Type)} {part.Code}",
        ["identifier"] = part.Code is null ? null : new JsonObject { ["@type"] = "PropertyValue", ["propertyID"] = part.Type is "epci" ? "SIREN" : "INSEE", ["value"] = part.Code },
        ["containedInPlace"] = new JsonObject { ["@type"] = "Country", ["name"] = "France" },
    });

    private static JsonObject Point(Contact contact, EmbedTexts words) => Stated(new JsonObject
    {
        ["@type"] = "ContactPoint",
        ["contactType"] = words.Label("contact-functions", contact.Function),
        ["name"] = contact.Label,
        ["telephone"] = Texts(contact.Phones ?? []),
        ["email"] = Texts(contact.Emails ?? []),
        ["areaServed"] = "FR",
        ["availableLanguage"] = "fr",
    });

    /// <summary>One text by itself, several as a list, none as nothing.</summary>
    private static JsonNode? Texts(IEnumerable<string> texts) => texts.Select(text => (JsonNode)text).ToArray() switch
    {
        [] => null,
        [var only] => only,
        var several => new JsonArray(several),
    };

    private static JsonArray? Many(IEnumerable<JsonObject> items) => items.ToArray<JsonNode>() is { Length: > 0 } nodes ? new JsonArray(nodes) : null;

    private static JsonObject Stated(JsonObject all)
    {
        foreach (var name in all.Where(member => member.Value is null).Select(member => member.Key).ToList())
        {
            all.Remove(name);
        }

        return all;
    }

    private static Html Element(JsonObject data)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Safe))
        {
            data.WriteTo(writer);
        }

        return Html.LinkedData(Encoding.UTF8.GetString(bytes.ToArray()));
    }
}

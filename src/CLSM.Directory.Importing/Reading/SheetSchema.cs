using System.Text.Json.Nodes;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Importing.Reading;

/// <summary>What a sheet looks like, for people who fill one in and for programs that write one.</summary>
internal static class SheetSchema
{
    private static readonly Dictionary<string, string> Descriptions = new(StringComparer.Ordinal)
    {
        ["id"] = "Code du conseil : petites lettres sans accent, chiffres et tirets.",
        ["nom"] = "Nom du conseil, tel qu’il se nomme.",
        ["alias"] = "Autres noms, sigles, anciens noms.",
        ["statut"] = "actif, projet, prefiguration, en-pause, clos ou inconnu.",
        ["statutConstateEn"] = "Année de la source qui fait connaître le statut.",
        ["territoire"] = "Territoire : libellé, et noms des communes, des EPCI, des secteurs de psychiatrie (57G06) ; code du département.",
        ["institutionCoordinatrice"] = "Institution ou institutions qui portent le conseil.",
        ["anneeCreation"] = "Année de création, ou date en mots : « en 2006 », « printemps 2014 ».",
        ["creationTexte"] = "La création dans les mots de la source ; ses dates sont lues.",
        ["partenairesFondateurs"] = "Organisations fondatrices.",
        ["presidence"] = "Fonctions de présidence, sans nom de personne.",
        ["instances"] = "Instances : comite-pilotage, assemblee-pleniere, comite-technique, bureau… et leur composition.",
        ["groupes"] = "Groupes de travail.",
        ["axes"] = "Objectifs ou thèmes prioritaires.",
        ["organisations"] = "Organisations ou catégories de participants.",
        ["celluleSituationsComplexes"] = "Nom de la cellule des situations complexes ; jamais rien sur une situation.",
        ["financement"] = "Financeurs, montants en euros, parts (0,5 ou 50 %).",
        ["cadres"] = "Cadres : CLS, PTSM, contrat de ville…",
        ["evenements"] = "Événements.",
        ["contact"] = "Contact par fonction.",
        ["siteWeb"] = "Adresse du site ou de la page.",
        ["notes"] = "Remarques de la personne qui remplit la fiche : gardées telles quelles, ce ne sont pas des déclarations du conseil.",
        ["sources"] = "Adresses des sources et jour de leur consultation.",
    };

    /// <summary>The JSON Schema of a sheet, with one as an example.</summary>
    public static JsonObject Create(string example)
    {
        var properties = new JsonObject();
        foreach (var (key, members) in CouncilSheet.Keys)
        {
            var value = key is "id" ? new JsonObject { ["type"] = "string", ["pattern"] = TextFormat.Of(PatternKind.CouncilCode).Expression.ToString() }
                : key is "nom" ? new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 300 }
                : members.Length > 0 ? ObjectOrText(members)
                : key is "statut" or "siteWeb" or "notes" or "creationTexte" or "institutionCoordinatrice" or "celluleSituationsComplexes" ? Text()
                : key is "anneeCreation" or "statutConstateEn" ? new JsonObject { ["type"] = new JsonArray("integer", "string", "null") }
                : ListOrText(Text());
            value["description"] = Descriptions[key];
            properties[key] = value;
        }

        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = "/v1/sheets/schema.json",
            ["title"] = "Fiche d’un conseil local de santé mentale",
            ["description"] = "Une fiche par ligne (NDJSON). Un texte peut remplacer une liste ; null : non précisé. Une clé inconnue est gardée et signalée.",
            ["type"] = "object",
            ["required"] = new JsonArray("id", "nom"),
            ["properties"] = properties,
            ["additionalProperties"] = true,
            ["examples"] = new JsonArray(JsonNode.Parse(example)),
        };
    }

    private static JsonObject Text() => new() { ["type"] = new JsonArray("string", "number", "null") };

    private static JsonObject ListOrText(JsonObject item) => new() { ["anyOf"] = new JsonArray(Text(), new JsonObject { ["type"] = "array", ["items"] = item }) };

    private static JsonObject ObjectOrText(string[] members)
    {
        var inner = new JsonObject();
        foreach (var member in members)
        {
            inner[member] = ListOrText(Text());
        }

        var value = new JsonObject { ["type"] = "object", ["properties"] = inner, ["additionalProperties"] = true };
        return new JsonObject { ["anyOf"] = new JsonArray(Text(), value, new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["anyOf"] = new JsonArray(Text(), value.DeepClone()) } }) };
    }

    /// <summary>A sheet as CSV: the header, and its line.</summary>
    public static string CsvOf(string json)
    {
        var sheet = JsonNode.Parse(json)!.AsObject();
        var cells = CsvReader.Columns.Select(column =>
        {
            var value = column.Member is null ? sheet[column.Key] : (sheet[column.Key] as JsonObject)?[column.Member];
            var text = string.Join(" | ", TextsOf(value));
            return text.AsSpan().IndexOfAny(";\"\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
        });
        return $"{string.Join(';', CsvReader.Columns.Select(column => column.Column))}\r\n{string.Join(';', cells)}\r\n";
    }

    private static IEnumerable<string> TextsOf(JsonNode? node) => node switch
    {
        JsonArray list => list.Select(item => string.Join(" ", TextsOf(item))),
        JsonObject value => value.SelectMany(member => TextsOf(member.Value)),
        JsonValue value => [value.ToString()],
        _ => [],
    };
}

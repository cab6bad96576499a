using System.Text.Json;
using System.Text.Json.Nodes;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Sheets;
using CLSM.Directory.Api.Vocabularies;
using CLSM.Directory.Api.Http;

namespace CLSM.Directory.Api.Contract;

/// <summary>
/// Examples from the two councils that ship with the product, so that they work when pasted: answers are taken from their documents,
/// requests state what their sheets state.
/// </summary>
internal static class Examples
{
    private static readonly JsonObject Metz = Seed("metz");
    private static readonly JsonObject Grenoble = Seed("grenoble");

    private static readonly Dictionary<string, string> Members = new(StringComparer.Ordinal)
    {
        ["GovernanceBod"] = "governanceBodies",
        ["WorkingGroup"] = "workingGroups",
        ["Organisation"] = "organisations",
        ["Contact"] = "contacts",
        ["Event"] = "events",
    };

    public static JsonNode Path(string operationId, string parameter) => parameter switch
    {
        "council" => "grenoble",
        "id" => Grenoble[MemberOf(operationId)!]![0]!["id"]!.GetValue<string>(),
        _ => "governance-body-types",
    };

    /// <summary>A body that the operation accepts as it stands, on the default data.</summary>
    public static JsonNode? Request(string operationId, string mediaType)
    {
        if (operationId is "importSheets" or "validateSheets")
        {
            return mediaType switch
            {
                MediaTypes.Json => JsonNode.Parse(SheetSchema.Example),
                MediaTypes.Csv => SheetSchema.Template.TrimStart('\uFEFF'),
                _ => SheetSchema.Example + "\n",
            };
        }

        if (Requests.TryGetValue(operationId, out var text))
        {
            return JsonNode.Parse(text);
        }

        return operationId switch
        {
            "replaceCouncilDocument" => Grenoble.DeepClone(),
            _ when operationId.StartsWith("replace", StringComparison.Ordinal) => Grenoble[MemberOf(operationId)!]![0]!.DeepClone(),
            _ => null,
        };
    }

    public static JsonNode? Response(string operationId)
    {
        if (operationId is "listVocabularies" or "getVocabulary")
        {
            var list = JsonSerializer.SerializeToNode(VocabularyCatalogue.Get("openness-levels"), DirectoryJson.Web.Vocabulary)!;
            return operationId == "getVocabulary" ? list : new JsonObject { ["vocabularies"] = new JsonArray(list) };
        }

        if (operationId is "importSheets" or "validateSheets")
        {
            return JsonNode.Parse("""{"summary":{"created":1,"changed":0,"unchanged":0,"refused":0},"items":[{"line":1,"council":"amiens","outcome":"created","changes":[],"problems":[],"keptAsWords":[]}]}""");
        }

        if (operationId is "getSheetTemplate" or "getSheetSchema")
        {
            return operationId == "getSheetSchema" ? SheetSchema.Json.DeepClone() : SheetSchema.Template;
        }

        var isNational = operationId.StartsWith("listNational", StringComparison.Ordinal);
        var item = MemberOf(operationId) is { } member ? Stored(Grenoble[member]![0]!, isNational ? "grenoble" : null)
            : operationId.Contains("Document", StringComparison.Ordinal) ? Stored(Grenoble, null)
            : Stored(CouncilOf(Grenoble), null);
        return !operationId.StartsWith("list", StringComparison.Ordinal) ? item : new JsonObject
        {
            ["items"] = new JsonArray(item),
            ["page"] = new JsonObject { ["size"] = 50, ["next"] = null, ["total"] = 1 },
        };
    }

    /// <summary>What the two sheets state, in one more resource each; and, for a council, what another real council's page states.</summary>
    private static readonly Dictionary<string, string> Requests = new(StringComparer.Ordinal)
    {
        ["createCouncil"] =
            """
            {"code":"amiens","kind":"clsm","name":"Conseil Local en Santé Mentale d'Amiens","status":"active",
             "foundation":{"date":{"value":"2019-09-13","precision":"day","text":"Créé le 13 septembre 2019 sur la base de différents diagnostics"}},
             "website":"https://amiens.fr/Vivre-a-Amiens/Sante-publique/SERVICE-MUNICIPAL-DE-SANTE-PUBLIQUE/Conseil-Local-en-Sante-Mentale"}
            """,
        ["changeCouncil"] = """{"shortName":"CLSM de Grenoble"}""",
        ["createGovernanceBody"] =
            """
            {"type":"coordination-unit","name":"Coordination","purpose":"Coordination du CLSM par le Service Promotion de la Santé de la Ville de Grenoble.",
             "evidence":{"":{"state":"stated","source":"fiche-2024"}}}
            """,
        ["changeGovernanceBody"] = """{"openness":"members"}""",
        ["createWorkingGroup"] =
            """
            {"kind":"class","name":"Groupes pluridisciplinaires et interinstitutionnels","purpose":"Partage de pratiques autour de certaines problématiques.",
             "themes":["housing","precariousness"]}
            """,
        ["changeWorkingGroup"] = """{"status":"active"}""",
        ["createOrganisation"] = """{"name":"Commission Médicale d’Établissement du Centre Hospitalier Alpes-Isère","acronym":"CME"}""",
        ["changeOrganisation"] = """{"website":"https://www.grenoble.fr/"}""",
        ["createContact"] = """{"function":"coordinator","label":"Service Promotion de la Santé","nominative":false,"visibility":"public","phones":["+33476034352"]}""",
        ["changeContact"] = """{"phones":["+33476034352"]}""",
        ["createEvent"] = """{"name":"Temps forts et débats","kind":"debate"}""",
        ["changeEvent"] = """{"kind":"sism"}""",
    };

    private static string? MemberOf(string operationId) => Members.FirstOrDefault(pair => operationId.Contains(pair.Key, StringComparison.Ordinal)).Value;

    private static JsonObject CouncilOf(JsonObject document)
    {
        var council = (JsonObject)document.DeepClone();
        foreach (var member in Members.Values)
        {
            council.Remove(member);
        }

        return council;
    }

    private static JsonObject Stored(JsonNode resource, string? council)
    {
        var stored = (JsonObject)resource.DeepClone();
        if (council is not null)
        {
            stored["council"] = council;
        }

        stored["version"] = 1;
        stored["createdAt"] = "2026-11-22T08:00:00+00:00";
        stored["updatedAt"] = "2026-11-22T08:00:00+00:00";
        return stored;
    }

    private static JsonObject Seed(string council) => (JsonObject)JsonNode.Parse(EmbeddedText.Read($"Seeds.{council}.json"))!;
}

using System.Text.Json;
using System.Text.Json.Nodes;
using CLSM.Directory.Api.Exports;
using CLSM.Directory.Api.Features.Changes;
using CLSM.Directory.Api.Features.Coverage;
using CLSM.Directory.Api.Features.Search;
using CLSM.Directory.Api.Features.Statistics;
using CLSM.Directory.Api.History;
using CLSM.Directory.Api.Model.Json;
using CLSM.Directory.Api.Objections;
using CLSM.Directory.Api.Organisations;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Quality;
using CLSM.Directory.Api.Sandbox;
using CLSM.Directory.Api.Sheets;
using CLSM.Directory.Api.Territories;
using CLSM.Directory.Api.Vocabularies;
using Microsoft.OpenApi;

namespace CLSM.Directory.Api.Contract;

/// <summary>
/// Examples that work when pasted: what is read is from the two councils that ship with the product as documents, what is written goes to the
/// sandbox, where everything is made up and everybody may. They stand among the components, because several operations show the same one.
/// </summary>
internal static class Examples
{
    private static readonly string[] WritingVerbs = ["create", "replace", "change", "remove"];

    private const string VocabularyShown = "openness-levels";

    private static readonly JsonObject Grenoble = Seed("grenoble");
    private static readonly JsonObject Made = Seed(SandboxCouncil.Code);

    private static readonly Dictionary<string, string> Members = new(StringComparer.Ordinal)
    {
        ["GovernanceBod"] = "governanceBodies",
        ["WorkingGroup"] = "workingGroups",
        ["Organisation"] = "organisations",
        ["Contact"] = "contacts",
        ["Event"] = "events",
    };

    /// <summary>The example of a path parameter. What is removed is something that no other example shows.</summary>
    public static JsonNode Path(string operationId, string parameter) => parameter switch
    {
        "council" => operationId == "removeCouncil" ? "venissieux-saint-fons" : CouncilFor(operationId)["code"]!.GetValue<string>(),
        "id" when KeyExamples.IsAbout(operationId) => KeyExamples.Id,
        "id" when PersonalDataExamples.IsAbout(operationId) => PersonalDataExamples.ContactFor(operationId),
        "id" => PartFor(operationId)["id"]!.GetValue<string>(),
        _ => TerritoryExamples.Path(parameter) ?? VocabularyShown,
    };

    /// <summary>A search of one collection, whose body asks in the words of its filters.</summary>
    public static bool IsQuestion(string operationId) => operationId.StartsWith("search", StringComparison.Ordinal) && operationId != "search";

    /// <summary>A body that the operation accepts as it stands, on the default data.</summary>
    public static Dictionary<string, IOpenApiExample> Request(string operationId, string mediaType, OpenApiDocument document)
    {
        if (SheetExamples.Request(operationId, mediaType) is var (name, sheets))
        {
            return Shared(name, "A real sheet", sheets, document);
        }

        if (IsQuestion(operationId))
        {
            return Shared("question", "Grenoble and Saint-Martin-d'Hères, by their communes", JsonNode.Parse("""{"commune":["38185","38421"],"council":["grenoble"]}""")!, document);
        }

        if (KeyExamples.IsAbout(operationId))
        {
            return Shared("NewKey", "An agency", KeyExamples.Request(), document);
        }

        var isGiven = Requests.TryGetValue(operationId, out var text);
        var body = isGiven ? JsonNode.Parse(text!)! : operationId == "replaceCouncilDocument" ? Statement(Made) : PartFor(operationId).DeepClone();
        return Shared(operationId, (isGiven ? body["name"] : null)?.GetValue<string>() ?? CouncilFor(operationId)["name"]!.GetValue<string>(), body, document);
    }

    /// <summary>What the operation answers on the default data.</summary>
    public static Dictionary<string, IOpenApiExample> Response(string operationId, OpenApiDocument document)
    {
        if (TerritoryExamples.Response(operationId) is { } territory)
        {
            return Shared(operationId, "As answered on the default data", territory, document);
        }

        if ((CoverageExamples.Response(operationId) ?? StatisticsExamples.Response(operationId) ?? OrganisationGroupExamples.Response(operationId)) is { } counted)
        {
            return Shared(operationId, "As answered on the default data", counted, document);
        }

        if (operationId == SearchExamples.Operation)
        {
            return Shared(operationId, SearchExamples.Summary, JsonNode.Parse(SearchExamples.Answer)!, document);
        }

        if (SheetExamples.Response(operationId) is var (name, sheets))
        {
            return Shared(name, "As answered", sheets, document);
        }

        if (ChangeExamples.Response(operationId) is { } change)
        {
            return Shared(operationId, "As answered on the default data; cursors differ", change, document);
        }

        if (ExportExamples.SliceOf(operationId) is not null)
        {
            // Each of its formats has one of its own.
            return [];
        }

        if (operationId == "getOembed")
        {
            return Shared(operationId, "Grenoble", JsonNode.Parse(
                """
                {"version":"1.0","type":"rich","title":"Conseil Local de Santé Mentale (Ville de Grenoble)","provider_name":"CLSM Directory","provider_url":"http://127.0.0.1:5080/embed","cache_age":86400,
                 "html":"<iframe src=\"http://127.0.0.1:5080/embed/councils/grenoble\" title=\"Conseil Local de Santé Mentale (Ville de Grenoble)\" width=\"600\" height=\"560\" style=\"border:0\" loading=\"lazy\"></iframe>",
                 "width":600,"height":560}
                """)!, document);
        }

        if (KeyExamples.IsAbout(operationId))
        {
            return Shared(operationId, "As answered", KeyExamples.Response(operationId), document);
        }

        if (PersonalDataExamples.IsAbout(operationId))
        {
            return Shared(operationId, "As answered on the default data", PersonalDataExamples.Response(operationId), document);
        }

        if (operationId == HistoryExamples.Operation)
        {
            return new(Shared("HistoryPage", "Who corrected what", HistoryExamples.Page(), document))
            {
                ["asItWas"] = Shared("CouncilDocument", "?at=1", StoredDocument(Grenoble), document)["example"],
            };
        }

        var shown = operationId[operationId.IndexOfAny([.. "NCDGWOEV"])..];
        var council = CouncilFor(operationId);
        var list = MemberOf(operationId) is { } member ? council[member]!.AsArray().OfType<JsonObject>() : [CouncilOf(council)];
        var (prefix, title) = council == Made ? ("Sandbox", "In the sandbox") : ("", "Grenoble");
        var vocabulary = JsonSerializer.SerializeToNode(VocabularyCatalogue.Get(VocabularyShown), ModelJsonContext.Instance.Vocabulary)!;
        return (operationId.StartsWith("list", StringComparison.Ordinal), shown) switch
        {
            (true, "Vocabularies") => Shared(shown, "One of the lists", new JsonObject { ["vocabularies"] = new JsonArray(vocabulary) }, document),
            (_, "Vocabulary") => Shared(shown, VocabularyShown, vocabulary, document),
            (_, "Councils") => Shared(shown, "?council=grenoble", Page(list, null), document),
            (_, _) when shown.StartsWith("National", StringComparison.Ordinal) => Shared(shown, "?council=grenoble", Page(list, "grenoble"), document),
            (true, _) => Shared(shown, "Grenoble", Page(list, null), document),
            (_, "CouncilQuality") => Shared(shown, "Grenoble", Quality(), document),
            (_, "CouncilDocument") => Shared(prefix + shown, title, StoredDocument(council), document),
            _ when shown == "Council" || MemberOf(operationId) is not null => Shared(prefix + shown, title, Stored(list.First(), null), document),
            _ => throw new InvalidOperationException($"{operationId} has no example yet."),
        };
    }

    /// <summary>One more made-up resource of each kind for the sandbox; and, for a council, a real one that is among no default data.</summary>
    private static readonly Dictionary<string, string> Requests = new(StringComparer.Ordinal)
    {
        ["createCouncil"] = """{"code":"venissieux-saint-fons","kind":"clsm","name":"Conseil local de santé mentale de Vénissieux – Saint-Fons","status":"active"}""",
        ["changeCouncil"] = """{"shortName":"Conseil fictif"}""",
        ["createGovernanceBody"] =
            """
            {"type":"coordination-unit","name":"Coordination fictive","purpose":"Une instance inventée.",
             "evidence":{"":{"state":"stated","source":"source-1"}}}
            """,
        ["changeGovernanceBody"] = """{"openness":"members"}""",
        ["createWorkingGroup"] =
            """
            {"kind":"group","name":"Groupe fictif précarité","purpose":"Un groupe inventé de plus.","themes":["housing","precariousness"]}
            """,
        ["changeWorkingGroup"] = """{"status":"active"}""",
        ["createOrganisation"] = """{"name":"Clinique fictive","acronym":"CF"}""",
        ["changeOrganisation"] = """{"website":"https://ville.sandbox.example/"}""",
        ["createContact"] = """{"function":"general-enquiries","label":"Accueil fictif","nominative":false,"visibility":"public","phones":["+33199000001"]}""",
        ["changeContact"] = """{"phones":["+33199000002"]}""",
        ["createEvent"] = """{"name":"Débat fictif","kind":"debate"}""",
        ["changeEvent"] = """{"kind":"sism"}""",
    };

    /// <summary>Puts an example among the components and refers to it.</summary>
    private static Dictionary<string, IOpenApiExample> Shared(string name, string summary, JsonNode value, OpenApiDocument document)
    {
        document.AddComponent(name, new OpenApiExample { Summary = summary, Value = value });
        return new Dictionary<string, IOpenApiExample> { ["example"] = new OpenApiExampleReference(name, document) };
    }

    private static string? MemberOf(string operationId) => Members.FirstOrDefault(pair => operationId.Contains(pair.Key, StringComparison.Ordinal)).Value;

    private static bool Removes(string operationId) => operationId.StartsWith("remove", StringComparison.Ordinal);

    private static JsonObject CouncilFor(string operationId) => IsForEverybody(operationId) ? Made : Grenoble;

    /// <summary>Whether it writes inside one council: in the examples, inside the one that everybody may write to.</summary>
    private static bool IsForEverybody(string operationId) =>
        operationId is "changeCouncil" or "replaceCouncilDocument"
        || (MemberOf(operationId) is not null && Array.Exists(WritingVerbs, verb => operationId.StartsWith(verb, StringComparison.Ordinal)));

    private static JsonNode PartFor(string operationId)
    {
        var parts = CouncilFor(operationId)[MemberOf(operationId)!]!.AsArray();
        return parts[Removes(operationId) ? parts.Count - 1 : 0]!;
    }

    private static JsonObject Page(IEnumerable<JsonObject> items, string? council)
    {
        var listed = items.OrderBy(item => (item["name"] ?? item["label"])!.GetValue<string>(), StringComparer.OrdinalIgnoreCase).Select(JsonNode (item) => Stored(item, council)).ToArray();
        return new JsonObject
        {
            ["items"] = new JsonArray(listed),
            ["page"] = new JsonObject { ["size"] = 50, ["next"] = null, ["total"] = listed.Length },
        };
    }

    private static JsonObject CouncilOf(JsonObject document)
    {
        var council = (JsonObject)document.DeepClone();
        foreach (var member in Members.Values)
        {
            council.Remove(member);
        }

        return council;
    }

    /// <summary>What a document states, without what the directory keeps.</summary>
    private static JsonObject Statement(JsonObject document)
    {
        var statement = (JsonObject)document.DeepClone();
        statement.Remove("id");
        return statement;
    }

    private static JsonNode Quality()
    {
        var document = Grenoble.Deserialize(ModelJsonContext.Instance.CouncilDocument)!;
        return JsonSerializer.SerializeToNode(QualityCriteria.Of(document, new DateOnly(2026, 11, 22)), ModelJsonContext.Instance.QualityReport)!;
    }

    private static JsonObject StoredDocument(JsonObject document)
    {
        var stored = Stored(document, null);
        foreach (var part in Members.Values.SelectMany(member => stored[member]?.AsArray() ?? []).OfType<JsonObject>())
        {
            Store(part);
        }

        return stored;
    }

    private static JsonObject Stored(JsonObject resource, string? council)
    {
        var stored = (JsonObject)resource.DeepClone();
        if (council is not null)
        {
            stored.Insert(1, "council", council);
        }

        Store(stored);
        return stored;
    }

    private static void Store(JsonObject resource)
    {
        resource["version"] = 1;
        resource["createdAt"] = "2026-11-22T08:00:00Z";
        resource["updatedAt"] = "2026-11-22T08:00:00Z";
    }

    private static JsonObject Seed(string council) => (JsonObject)JsonNode.Parse(EmbeddedText.Read($"Seeds.{council}.json"))!;
}

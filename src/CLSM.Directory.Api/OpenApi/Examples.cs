using System.Text.Json;
using System.Text.Json.Nodes;
using CLSM.Directory.Api.Features.ApiKeys;
using CLSM.Directory.Api.Features.Changes;
using CLSM.Directory.Api.Features.Coverage;
using CLSM.Directory.Api.Features.DataProtection;
using CLSM.Directory.Api.Features.History;
using CLSM.Directory.Api.Features.Imports;
using CLSM.Directory.Api.Features.OrganisationGroups;
using CLSM.Directory.Api.Features.Sandbox;
using CLSM.Directory.Api.Features.Search;
using CLSM.Directory.Api.Features.Statistics;
using CLSM.Directory.Api.Features.Territories;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Web.Resources;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Quality;
using CLSM.Directory.Model.Vocabularies;
using Microsoft.OpenApi;

namespace CLSM.Directory.Api.OpenApi;

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

    /// <summary>The example of a path parameter. What is removed is something that no other example shows.</summary>
    public static JsonNode Path(string operationId, string parameter, PartType? part) => parameter switch
    {
        "council" => operationId == "removeCouncil" ? "venissieux-saint-fons" : CouncilFor(operationId, part)["code"]!.GetValue<string>(),
        "id" when ApiKeyExamples.IsAbout(operationId) => ApiKeyExamples.Id,
        "id" when DataProtectionExamples.IsAbout(operationId) => DataProtectionExamples.ContactFor(operationId),
        "id" => PartFor(operationId, part)["id"]!.GetValue<string>(),
        _ => TerritoryExamples.Path(parameter) ?? VocabularyShown,
    };

    /// <summary>A search of one collection, whose body asks in the words of its filters.</summary>
    public static bool IsQuestion(string operationId) => operationId.StartsWith("search", StringComparison.Ordinal) && operationId != "search";

    /// <summary>A body that the operation accepts as it stands, on the default data.</summary>
    public static Dictionary<string, IOpenApiExample> Request(string operationId, string mediaType, PartType? part, OpenApiDocument document)
    {
        if (SheetExamples.Request(operationId, mediaType) is var (name, sheets))
        {
            return Shared(name, "A real sheet", sheets, document);
        }

        if (IsQuestion(operationId))
        {
            return Shared("question", "Grenoble and Saint-Martin-d'Hères, by their communes", JsonNode.Parse("""{"commune":["38185","38421"],"council":["grenoble"]}""")!, document);
        }

        if (ApiKeyExamples.IsAbout(operationId))
        {
            return Shared("NewKey", "An agency", ApiKeyExamples.Request(), document);
        }

        var text = part?.Examples is not { } examples ? Requests.GetValueOrDefault(operationId)
            : operationId.StartsWith("create", StringComparison.Ordinal) ? examples.Create
            : operationId.StartsWith("change", StringComparison.Ordinal) ? examples.Change
            : null;
        var body = text is not null ? JsonNode.Parse(text)! : operationId == "replaceCouncilDocument" ? Statement(Made) : PartFor(operationId, part).DeepClone();
        return Shared(operationId, (text is not null ? body["name"] : null)?.GetValue<string>() ?? CouncilFor(operationId, part)["name"]!.GetValue<string>(), body, document);
    }

    /// <summary>What the operation answers on the default data.</summary>
    public static Dictionary<string, IOpenApiExample> Response(string operationId, OperationSubject subject, OpenApiDocument document)
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

        if (subject.Export is not null)
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

        if (ApiKeyExamples.IsAbout(operationId))
        {
            return Shared(operationId, "As answered", ApiKeyExamples.Response(operationId), document);
        }

        if (DataProtectionExamples.IsAbout(operationId))
        {
            return Shared(operationId, "As answered on the default data", DataProtectionExamples.Response(operationId), document);
        }

        if (operationId == HistoryExamples.Operation)
        {
            return new(Shared("HistoryPage", "Who corrected what", HistoryExamples.Page(), document))
            {
                ["asItWas"] = Shared("CouncilDocument", "?at=1", StoredDocument(Grenoble), document)["example"],
            };
        }

        // The name of an operation is a verb and what it is about.
        var shown = operationId[operationId.AsSpan().IndexOfAnyInRange('A', 'Z')..];
        var council = CouncilFor(operationId, subject.Part);
        var list = subject.Part is { } part ? PartsOf(council, part) : [CouncilOf(council)];
        var (prefix, title) = council == Made ? ("Sandbox", "In the sandbox") : ("", "Grenoble");
        var vocabulary = JsonSerializer.SerializeToNode(VocabularyCatalogue.Get(VocabularyShown), VocabulariesJsonContext.Instance.Vocabulary)!;
        return (operationId.StartsWith("list", StringComparison.Ordinal), shown) switch
        {
            (true, "Vocabularies") => Shared(shown, "One of the lists", new JsonObject { ["vocabularies"] = new JsonArray(vocabulary) }, document),
            (_, "Vocabulary") => Shared(shown, VocabularyShown, vocabulary, document),
            (_, "Councils") => Shared(shown, "?council=grenoble", Page(list, null), document),
            (_, _) when shown.StartsWith("National", StringComparison.Ordinal) => Shared(shown, "?council=grenoble", Page(list, "grenoble"), document),
            (true, _) => Shared(shown, "Grenoble", Page(list, null), document),
            (_, "CouncilQuality") => Shared(shown, "Grenoble", Quality(), document),
            (_, "CouncilDocument") => Shared(prefix + shown, title, StoredDocument(council), document),
            _ when shown == "Council" || subject.Part is not null => Shared(prefix + shown, title, Stored(list.First(), null), document),
            _ => throw new InvalidOperationException($"{operationId} has no example yet."),
        };
    }

    /// <summary>A real council that is among no default data, and a change of the made-up one.</summary>
    private static readonly Dictionary<string, string> Requests = new(StringComparer.Ordinal)
    {
        ["createCouncil"] = """{"code":"venissieux-saint-fons","kind":"clsm","name":"Conseil local de santé mentale de Vénissieux – Saint-Fons","status":"active"}""",
        ["changeCouncil"] = """{"shortName":"Conseil fictif"}""",
    };

    /// <summary>Puts an example among the components and refers to it.</summary>
    private static Dictionary<string, IOpenApiExample> Shared(string name, string summary, JsonNode value, OpenApiDocument document)
    {
        document.AddComponent(name, new OpenApiExample { Summary = summary, Value = value });
        return new Dictionary<string, IOpenApiExample> { ["example"] = new OpenApiExampleReference(name, document) };
    }

    private static bool Removes(string operationId) => operationId.StartsWith("remove", StringComparison.Ordinal);

    private static JsonObject CouncilFor(string operationId, PartType? part) => IsForEverybody(operationId, part) ? Made : Grenoble;

    /// <summary>Whether it writes inside one council: in the examples, inside the one that everybody may write to.</summary>
    private static bool IsForEverybody(string operationId, PartType? part) =>
        operationId is "changeCouncil" or "replaceCouncilDocument"
        || (part is not null && Array.Exists(WritingVerbs, verb => operationId.StartsWith(verb, StringComparison.Ordinal)));

    private static JsonObject PartFor(string operationId, PartType? part)
    {
        var parts = PartsOf(CouncilFor(operationId, part), part!);
        return parts[Removes(operationId) ? parts.Count - 1 : 0];
    }

    /// <summary>The parts of a council that ships with the product; one that is made up where documents do not contain the kind.</summary>
    private static List<JsonObject> PartsOf(JsonObject council, PartType type)
    {
        if (type.IsInDocuments)
        {
            return [.. council[type.Names.Member]!.AsArray().OfType<JsonObject>()];
        }

        var madeUp = JsonNode.Parse(type.Examples?.Create ?? "{}")!.AsObject();
        madeUp.Insert(0, "id", "00000000-0000-7000-8000-000000000001");
        return [madeUp];
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
        foreach (var member in CouncilDocument.PartMembers)
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
        return JsonSerializer.SerializeToNode(QualityCriteria.Of(document, new DateOnly(2026, 11, 22)), QualityJsonContext.Instance.QualityReport)!;
    }

    private static JsonObject StoredDocument(JsonObject document)
    {
        var stored = Stored(document, null);
        foreach (var part in CouncilDocument.PartMembers.SelectMany(member => stored[member]?.AsArray() ?? []).OfType<JsonObject>())
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

    private static JsonObject Seed(string council) => (JsonObject)JsonNode.Parse(EmbeddedResource.Read($"Seeds.{council}.json"))!;
}

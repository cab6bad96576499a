using System.Text.Json.Nodes;
using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Resources;
using CLSM.Directory.Importing.Reading;

namespace CLSM.Directory.Api.Features.Imports;

/// <summary>Sheets for the contract: the first of those that ship with the product to be checked, and one of the sandbox to be imported.</summary>
internal static class SheetExamples
{
    private const string Report =
        """
        {"summary":{"created":1,"changed":0,"unchanged":0,"refused":0},
         "items":[{"line":1,"council":"amiens","outcome":"created","changes":[],"problems":[],"keptAsWords":[]}]}
        """;

    private const string ImportReport =
        """
        {"summary":{"created":0,"changed":1,"unchanged":0,"refused":0},
         "items":[{"line":1,"council":"sandbox","outcome":"changed","changes":["/objectives"],"problems":[],"keptAsWords":[]}]}
        """;

    private static readonly string Made = EmbeddedResource.Read("Features.Sandbox.sheet.ndjson").Trim();

    /// <summary>Whether the operation takes sheets and answers with a report.</summary>
    public static bool TakesSheets(string operationId) => operationId is "importSheets" or "validateSheets";

    /// <summary>Whether the operation answers with a text that changes with the program only.</summary>
    public static bool IsText(string operationId) => operationId is "getSheetTemplate" or "getSheetSchema";

    /// <summary>The body of an operation in a media type, with a name for it; null where it takes no sheets.</summary>
    public static (string Name, JsonNode Value)? Request(string operationId, string mediaType) => !TakesSheets(operationId) ? null : (operationId, mediaType) switch
    {
        ("importSheets", MediaTypes.Csv) => ("sandboxSheetCsv", SheetSchema.CsvOf(Made)),
        ("importSheets", _) => ("sandboxSheetNdjson", Made + "\n"),
        (_, MediaTypes.Json) => ("sheet", JsonNode.Parse(SheetTemplate.Example)!),
        (_, MediaTypes.Csv) => ("sheetsCsv", SheetTemplate.Csv.TrimStart('\uFEFF')),
        _ => ("sheetsNdjson", SheetTemplate.Example + "\n"),
    };

    /// <summary>The answer of an operation, with a name for it; null where it is not about sheets.</summary>
    public static (string Name, JsonNode Value)? Response(string operationId) => operationId switch
    {
        "importSheets" => ("sandboxSheetReport", JsonNode.Parse(ImportReport)!),
        "validateSheets" => ("sheetReport", JsonNode.Parse(Report)!),
        "getSheetTemplate" => ("sheetTemplate", SheetTemplate.Csv),
        "getSheetSchema" => ("sheetSchema", SchemaHead()),
        _ => null,
    };

    /// <summary>The schema without its keys: linters would read them as schemas of this contract.</summary>
    private static JsonObject SchemaHead()
    {
        var head = (JsonObject)SheetTemplate.Schema.DeepClone();
        head.Remove("properties");
        head.Remove("examples");
        return head;
    }
}

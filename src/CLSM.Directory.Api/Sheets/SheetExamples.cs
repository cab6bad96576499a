using System.Text.Json.Nodes;
using CLSM.Directory.Api.Http;

namespace CLSM.Directory.Api.Sheets;

/// <summary>Sheets for the contract: the first of those that ship with the product.</summary>
internal static class SheetExamples
{
    private const string Report =
        """
        {"summary":{"created":1,"changed":0,"unchanged":0,"refused":0},
         "items":[{"line":1,"council":"amiens","outcome":"created","changes":[],"problems":[],"keptAsWords":[]}]}
        """;

    /// <summary>Whether the operation takes sheets and answers with a report.</summary>
    public static bool TakesSheets(string operationId) => operationId is "importSheets" or "validateSheets";

    /// <summary>Whether the operation answers with a text that changes with the program only.</summary>
    public static bool IsText(string operationId) => operationId is "getSheetTemplate" or "getSheetSchema";

    /// <summary>The body of an operation in a media type, with a name for it; null where it takes no sheets.</summary>
    public static (string Name, JsonNode Value)? Request(string operationId, string mediaType) => !TakesSheets(operationId) ? null : mediaType switch
    {
        MediaTypes.Json => ("sheet", JsonNode.Parse(SheetSchema.Example)!),
        MediaTypes.Csv => ("sheetsCsv", SheetSchema.Template.TrimStart('\uFEFF')),
        _ => ("sheetsNdjson", SheetSchema.Example + "\n"),
    };

    /// <summary>The answer of an operation, with a name for it; null where it is not about sheets.</summary>
    public static (string Name, JsonNode Value)? Response(string operationId) => operationId switch
    {
        "importSheets" or "validateSheets" => ("sheetReport", JsonNode.Parse(Report)!),
        "getSheetTemplate" => ("sheetTemplate", SheetSchema.Template),
        "getSheetSchema" => ("sheetSchema", SchemaHead()),
        _ => null,
    };

    /// <summary>The schema without its keys: linters would read them as schemas of this contract.</summary>
    private static JsonObject SchemaHead()
    {
        var head = (JsonObject)SheetSchema.Json.DeepClone();
        head.Remove("properties");
        head.Remove("examples");
        return head;
    }
}

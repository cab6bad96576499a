using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace CLSM.Directory.Api.Features.Changes;

/// <summary>The change feed for the contract: the first change of the default data, as it is answered.</summary>
internal static class ChangeExamples
{
    private const long Number = 1;

    // Of no installation: a cursor is only good for the log that it comes from.
    private static readonly string Cursor = ChangeCursor.Write(Number, Guid.Empty.ToByteArray());

    private static readonly string Entry =
        $$"""
        {"cursor":"{{Cursor}}","at":"2026-11-22T08:00:00Z","council":"grenoble","type":"council","id":"01a200f2-4efb-7799-b7ea-5ca732568685",
         "version":1,"operation":"created","href":"/v1/councils/grenoble"}
        """;

    public static JsonNode? Response(string operationId) => operationId switch
    {
        "listChanges" => JsonNode.Parse($$"""{"items":[{{Entry}}],"page":{"size":1,"next":"{{Cursor}}","after":"{{Cursor}}"} }"""),
        "getLatestChange" => JsonNode.Parse($$"""{"cursor":"{{Cursor}}","at":"2026-11-22T08:00:00Z"}"""),
        _ => null,
    };

    /// <summary>A stream is text to the contract: each event has an entry of the page as its data.</summary>
    public static void Describe(OpenApiMediaType events)
    {
        events.Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = "Server-Sent Events without an end: `id` is the cursor, `event` is `change`, `data` one entry as in `items`. Comments keep the connection alive.",
            Pattern = "^[^\\x00]*$",
            MaxLength = int.MaxValue,
        };
        events.Examples = null;
        events.Example = $"id: {Cursor}\nevent: change\ndata: {JsonNode.Parse(Entry)!.ToJsonString()}\n\n";
    }
}

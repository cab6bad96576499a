using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CLSM.Directory.Api.Features.Changes;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Web.Files;
using CLSM.Directory.Api.Web.Resources;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;
using Microsoft.OpenApi;

namespace CLSM.Directory.Api.Features.Exports;

/// <summary>Exports for the contract: what each format holds, and Grenoble in it, written by the writers themselves.</summary>
internal static class ExportExamples
{
    // Of no installation: a cursor is only good for the log that it comes from.
    private static readonly ExportVersion Stamp = new(ChangeCursor.Write(1, Guid.Empty.ToByteArray()), new DateTime(2026, 11, 22, 8, 0, 0, DateTimeKind.Utc), "");

    public static string Description(ExportDefinition export)
    {
        var text = new StringBuilder(
            "Everything that matches the filters, which are those of the list, as one consistent snapshot, streamed. "
            + $"`{ExportRoutes.CursorHeader}`{(export.Formats.Contains(ExportFormat.Xlsx) ? ", `changesCursor` in JSON and the workbook property of that name" : " and `changesCursor` in JSON")} give the cursor of the change feed at the same instant: "
            + "export, then follow `/v1/changes?after=`, and nothing is missed or doubled. An export that fails on its way breaks the connection off: it never ends early as if it were whole. "
            + "Nothing has changed since the `ETag` you hold: 304, without reading anything. ");
        if (export.Path == "documents")
        {
            text.Append("Each document is what `PUT …/document` and the command `import` take. Restricted contacts are in no export, whatever the key.");
            return text.ToString();
        }

        text.Append(
            "Restricted contacts are in no export, whatever the key.\n\n"
            + "`json` and `ndjson` hold the resources as the list answers them. The other formats are flat, one line each, with the columns below. "
            + "`csv` is `;`, UTF-8 with a byte order mark and CRLF unless asked otherwise, and in it a text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a line end) has an apostrophe before it. "
            + "`xlsx` keeps every text as text, codes with their zeros too; a text beyond Excel's 32,767 characters ends in `…`. ");
        text.Append(export.Formats.Contains(ExportFormat.GeoJson)
            ? "`geojson` (RFC 7946) has the point of the most populous commune that the council covers (GeoNames, CC BY 4.0; IGN, Licence Ouverte), or a null geometry; it is a place to put the council on a map, not its outline.\n\n"
            : "\n\n");
        text.Append("| column | what |\n|---|---|\n");
        foreach (var (name, description) in export.Columns)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{name}` | {description} |\n");
        }

        return text.ToString();
    }

    public static OpenApiParameter? Path(ExportDefinition? export, string name) => name != "format" || export is null ? null : new OpenApiParameter
    {
        Name = name,
        In = ParameterLocation.Path,
        Required = true,
        Description = "Format.",
        Example = export.Formats[0].Name,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. export.Formats.Select(format => (JsonNode)format.Name)] },
    };

    /// <summary>What each format holds.</summary>
    public static void Describe(OpenApiResponse response, ExportDefinition export, PartTypeCatalogue types)
    {
        foreach (var format in export.Formats)
        {
            var content = (OpenApiMediaType)response.Content![format.MediaType];
            content.Examples = null;
            content.Example = Example(export, format, types);
            if (format != ExportFormat.Json)
            {
                content.Schema = format == ExportFormat.GeoJson
                    ? new OpenApiSchema { Type = JsonSchemaType.Object, Description = "A FeatureCollection, with `changesCursor`, `changedAt` and `total` besides.", AdditionalProperties = new OpenApiSchema(), MaxProperties = 10 }
                    : new OpenApiSchema { Type = JsonSchemaType.String, Format = format == ExportFormat.Xlsx ? "binary" : null, Pattern = format == ExportFormat.Xlsx ? null : "^[^\\x00]*$", MaxLength = int.MaxValue };
            }
        }
    }

    private static JsonNode? Example(ExportDefinition export, ExportFormat format, PartTypeCatalogue types)
    {
        if (format == ExportFormat.Xlsx)
        {
            return null;
        }

        var text = export.WriteExample(Grenoble(types), format, Stamp);
        return format == ExportFormat.Json || format == ExportFormat.GeoJson ? JsonNode.Parse(text) : text.TrimStart('\uFEFF');
    }

    /// <summary>As stored on the default data.</summary>
    private static CouncilDocument Grenoble(PartTypeCatalogue types)
    {
        var seed = JsonSerializer.Deserialize(EmbeddedResource.ReadBytes("Seeds.grenoble.json"), ModelJsonContext.Instance.CouncilDocument)!;
        var stored = seed with { Version = 1, CreatedAt = Stamp.ChangedAt, UpdatedAt = Stamp.ChangedAt };
        return types.InDocuments.Aggregate(stored, (document, type) => type.With(document, [.. type.Of(document).Take(1).Select(Stored)]));
    }

    private static CouncilPart Stored(CouncilPart part) => part with { Version = 1, CreatedAt = Stamp.ChangedAt, UpdatedAt = Stamp.ChangedAt };
}

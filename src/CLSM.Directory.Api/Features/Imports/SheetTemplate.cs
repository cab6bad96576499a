using System.Text.Json.Nodes;
using CLSM.Directory.Api.Web.Resources;
using CLSM.Directory.Importing.Reading;

namespace CLSM.Directory.Api.Features.Imports;

/// <summary>What a sheet looks like, with a real one of those that ship with the product.</summary>
internal static class SheetTemplate
{
    /// <summary>A real sheet.</summary>
    public static readonly string Example = EmbeddedResource.Read("Seeds.sheets.ndjson").Split('\n')[0].Trim();

    /// <summary>The header, and the same real sheet as a line.</summary>
    public static readonly string Csv = "\uFEFF" + SheetSchema.CsvOf(Example);

    public static readonly JsonObject Schema = SheetSchema.Create(Example);
}

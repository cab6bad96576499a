using CLSM.Directory.Api.Web.Negotiation;

namespace CLSM.Directory.Api.Web.Files;

/// <summary>A format of exports: the end of the address, and what is sent.</summary>
internal sealed record ExportFormat(string Name, string MediaType)
{
    public static readonly ExportFormat Json = new("json", MediaTypes.Json);
    public static readonly ExportFormat Ndjson = new("ndjson", MediaTypes.Ndjson);
    public static readonly ExportFormat Csv = new("csv", MediaTypes.Csv) { Parameters = "; charset=utf-8; header=present", IsFlat = true };
    public static readonly ExportFormat Xlsx = new("xlsx", MediaTypes.Xlsx) { IsFlat = true };
    public static readonly ExportFormat GeoJson = new("geojson", MediaTypes.GeoJson) { IsFlat = true };

    /// <summary>What the media type says besides its name.</summary>
    public string Parameters { get; private init; } = "";

    /// <summary>Rows of cells: what a resource has inside is brought into columns.</summary>
    public bool IsFlat { get; private init; }
}

using CLSM.Directory.Api.Web.Files;
using CLSM.Directory.Api.Web.Results;

namespace CLSM.Directory.Api.Features.Coverage;

/// <summary>Communes as CSV for spreadsheets, written and sent as every export is.</summary>
internal sealed class CommuneCoverageCsv(IAsyncEnumerable<CommuneLine> communes, string etag, DateTimeOffset updatedAt, ILogger logger) : IResult
{
    private static readonly ExportColumn<CommuneLine>[] Columns =
    [
        ExportColumn<CommuneLine>.Text("code", "INSEE code of the commune.", line => line.Code),
        ExportColumn<CommuneLine>.Text("name", "Its name.", line => line.Name),
        ExportColumn<CommuneLine>.Text("state", "Whether it is covered.", line => line.State),
        ExportColumn<CommuneLine>.Text("departmentCode", "Code of its département.", line => line.DepartmentCode),
        ExportColumn<CommuneLine>.Text("departmentName", "Name of its département.", line => line.DepartmentName),
        ExportColumn<CommuneLine>.Text("regionCode", "Code of its region.", line => line.RegionCode),
        ExportColumn<CommuneLine>.Text("regionName", "Name of its region.", line => line.RegionName),
        ExportColumn<CommuneLine>.Text("epciSiren", "SIREN of its EPCI.", line => line.EpciSiren),
        ExportColumn<CommuneLine>.Text("epciName", "Name of its EPCI.", line => line.EpciName),
        ExportColumn<CommuneLine>.Integer("population", "Its inhabitants.", line => line.Population),
    ];

    public static string Head => $"\uFEFF{string.Join(';', Columns.Select(column => column.Name))}\r\n";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        CacheHeaders.Apply(httpContext, etag, updatedAt);
        httpContext.Response.ContentType = ExportFormat.Csv.MediaType + ExportFormat.Csv.Parameters;
        httpContext.Response.Headers.ContentDisposition = "attachment; filename=\"communes.csv\"";

        // CSV has no place for a cursor of the change feed.
        var stamp = new ExportVersion("", updatedAt.UtcDateTime, "");
        return new ExportOutput(httpContext, logger).SendAsync(
            communes.Select(line => new ExportItem<CommuneLine>(line)),
            body => new CsvExportWriter<CommuneLine>(body, Columns, ';', hasByteOrderMark: true),
            stamp,
            httpContext.RequestAborted);
    }
}

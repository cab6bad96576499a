using System.Globalization;
using System.Text;
using CLSM.Directory.Api.Http;

namespace CLSM.Directory.Api.National;

/// <summary>
/// Communes as CSV for spreadsheets: UTF-8 with BOM, <c>;</c>, CRLF. It is streamed as the database gives it; what fails in the middle breaks the
/// connection off, so that nobody takes the beginning for the whole.
/// </summary>
internal sealed class CommuneCoverageCsv(IAsyncEnumerable<CommuneLine> communes, string etag, DateTimeOffset updatedAt) : IResult
{
    private const int BytesBetweenFlushes = 64 * 1024;

    public static readonly string Head =
        "\uFEFF" + Line("code", "name", "state", "departmentCode", "departmentName", "regionCode", "regionName", "epciSiren", "epciName", "population");

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        await using var lines = communes.GetAsyncEnumerator(httpContext.RequestAborted);

        // Before anything is answered, so that a database that is away is still a problem and not a broken file.
        var isThere = await lines.MoveNextAsync();
        AnswerHeaders.Write(httpContext, etag, updatedAt);
        response.ContentType = "text/csv; charset=utf-8; header=present";
        response.Headers.ContentDisposition = "attachment; filename=\"communes.csv\"";
        var writer = response.BodyWriter;
        Encoding.UTF8.GetBytes(Head, writer);
        try
        {
            for (var unsent = 0; isThere; isThere = await lines.MoveNextAsync())
            {
                unsent += (int)Encoding.UTF8.GetBytes(LineOf(lines.Current), writer);
                if (unsent > BytesBetweenFlushes)
                {
                    await writer.FlushAsync(httpContext.RequestAborted);
                    unsent = 0;
                }
            }
        }
        catch
        {
            httpContext.Abort();
            throw;
        }
    }

    private static string LineOf(CommuneLine commune) => Line(
        commune.Code, commune.Name, commune.State, commune.DepartmentCode, commune.DepartmentName, commune.RegionCode, commune.RegionName,
        commune.EpciSiren ?? "", commune.EpciName ?? "", commune.Population?.ToString(CultureInfo.InvariantCulture) ?? "");

    private static string Line(params IEnumerable<string> cells) => string.Join(';', cells.Select(Cell)) + "\r\n";

    /// <summary>A cell that a spreadsheet would take for a formula begins with an apostrophe.</summary>
    private static string Cell(string text)
    {
        var safe = text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().ContainsAny(";\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}

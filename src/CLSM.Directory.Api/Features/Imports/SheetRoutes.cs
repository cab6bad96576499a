using System.Text.Json;
using CLSM.Directory.Api.Features.Councils;
using CLSM.Directory.Api.Idempotency;
using CLSM.Directory.Api.Security.Callers;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Requests;
using CLSM.Directory.Api.Web.Results;
using CLSM.Directory.Importing;
using CLSM.Directory.Importing.Reading;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Features.Imports;

/// <summary>Sheets over HTTP: <c>/v1/imports</c>, <c>/v1/validations</c>, and what a sheet looks like.</summary>
internal static class SheetRoutes
{
    public const long MaxBytes = 32L * 1024 * 1024;

    private static readonly QueryParameter DryRun = new ChoiceParameter("dryRun", ["true", "false"], "false", "`true`: do everything and keep nothing.");

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapPost("/imports", ImportAsync)
            .WithMetadata(new EndpointContract(RequiredScope.Council) { Parameters = [DryRun] }).WithIdempotency(writesInParts: true)
            .WithName("importSheets").WithTags("Sheets")
            .WithSummary("Import sheets")
            .WithDescription("Turns sheets into council documents: one JSON object a line, or CSV with one line a council (`;`, `,` or tab; lists parted by `|`). Each line stands alone: one that is refused stops itself only. "
                + "An administrator may import any council, another key those of its councils: other lines are refused as `forbidden`. The same file again writes nothing. The answer says what was done, line by line.")
            .Accepts<string>(MediaTypes.Ndjson, MediaTypes.Csv)
            .Produces<ImportReport>();

        v1.MapPost("/validations", ValidateAsync)
            .WithMetadata(new EndpointContract())
            .WithName("validateSheets").WithTags("Sheets")
            .WithSummary("Check a document or sheets without storing anything")
            .WithDescription("The report that an import would give, for anyone, without a key: a council document or one sheet as JSON (a sheet has `nom`), or sheets as NDJSON or CSV. Compared with what is public; nothing is stored.")
            .Accepts<JsonElement>(MediaTypes.Json, MediaTypes.Ndjson, MediaTypes.Csv)
            .Produces<ImportReport>();

        v1.MapGet("/sheets/template.csv", () => new StaticTextResult(SheetTemplate.Csv, MediaTypes.Csv))
            .WithMetadata(new EndpointContract { MediaTypes = [MediaTypes.Csv] })
            .WithName("getSheetTemplate").WithTags("Sheets")
            .WithSummary("Download the CSV template of a sheet")
            .WithDescription("The columns that a sheet may have, with one real council as an example. UTF-8 with BOM, so that spreadsheets read the accents.")
            .Produces<string>(StatusCodes.Status200OK, MediaTypes.Csv);

        v1.MapGet("/sheets/schema.json", () => new StaticTextResult(SheetTemplate.Schema.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = CacheHeaders.Json.Encoder }), MediaTypes.Json))
            .WithMetadata(new EndpointContract())
            .WithName("getSheetSchema").WithTags("Sheets")
            .WithSummary("Read the JSON Schema of a sheet")
            .WithDescription("The keys of a sheet and what may stand under them (JSON Schema 2020-12).")
            .Produces<JsonElement>();
    }

    private static async Task<IResult> ImportAsync(
        HttpContext context, TenantScope<SheetImporter> scopes, TerritoryNameProvider territories, TimeProvider time, CancellationToken cancellationToken)
    {
        var import = new SheetImport(scopes, await territories.GetAsync(cancellationToken), time)
        {
            Mode = ParsedQuery.Of(context).GetValue(DryRun.Name) == "true" ? ImportMode.DryRun : ImportMode.Store,
            English = RequestLanguage.PrefersEnglish(context.Request),
            MayWrite = council => council is { } id ? context.User.CanEdit(id) : context.User.IsAdministrator(),
        };
        return FormatOf(context.Request) is { } format
            ? JsonBodyReader.EncodingProblem(context.Request, $"{MediaTypes.Ndjson}, {MediaTypes.Csv}") ?? await AnswerAsync(context, import, format, cancellationToken)
            : ApiProblem.UnsupportedMediaType($"{MediaTypes.Ndjson}, {MediaTypes.Csv}");
    }

    private static async Task<IResult> ValidateAsync(
        HttpContext context,
        TenantScope<SheetImporter> scopes,
        CouncilDocumentValidator check,
        TerritoryNameProvider territories,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var import = new SheetImport(scopes, await territories.GetAsync(cancellationToken), time)
        {
            Mode = ImportMode.Validate,
            English = RequestLanguage.PrefersEnglish(context.Request),
        };
        if (FormatOf(context.Request) is { } format)
        {
            return JsonBodyReader.EncodingProblem(context.Request, $"{MediaTypes.Ndjson}, {MediaTypes.Csv}") ?? await AnswerAsync(context, import, format, cancellationToken);
        }

        if (!MediaTypes.Is(context.Request.ContentType, MediaTypes.Json))
        {
            return ApiProblem.UnsupportedMediaType($"{MediaTypes.Json}, {MediaTypes.Ndjson}, {MediaTypes.Csv}");
        }

        if (!(await JsonBodyReader.ReadAsync(context.Request, MediaTypes.Json, cancellationToken)).TryGet(out var body, out var problem))
        {
            return problem;
        }

        if (body.ValueKind is not JsonValueKind.Object || body.TryGetProperty("nom", out _))
        {
            return Report([await import.ImportAsync(new SheetRecord(1, body, []), [], cancellationToken)]);
        }

        return Report([await import.ValidateDocumentAsync(check, body, cancellationToken)]);
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, SheetImport import, SheetFormat format, CancellationToken cancellationToken)
    {
        if (context.Request.ContentLength > MaxBytes)
        {
            return new ApiProblem(StatusCodes.Status413PayloadTooLarge, "content-too-large", MaxBytes);
        }

        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBytes;
        }

        // The answer waits for the last line: many clients do not read before they have sent everything.
        var items = new List<ImportItem>();
        try
        {
            await foreach (var item in import.ImportAsync(context.Request.Body, format, cancellationToken))
            {
                items.Add(item);
            }
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            // The lines before were taken in and are reported.
            items.Add(import.Refused((items.Count == 0 ? 0 : items[^1].Line) + 1, null, [new ValidationError("content-too-large", [MaxBytes]) { Pointer = "" }]));
        }

        return items.Count == 0 ? new ApiProblem(StatusCodes.Status400BadRequest, "empty-body") : Report(items);
    }

    private static JsonResult<ImportReport> Report(IReadOnlyList<ImportItem> items) =>
        new(new ImportReport { Summary = items.Aggregate(ImportSummary.Empty, (summary, item) => summary.With(item.Outcome)), Items = items });

    /// <summary>CSV may say another charset than UTF-8: its lines are read as what they are.</summary>
    private static SheetFormat? FormatOf(HttpRequest request) =>
        MediaTypes.Is(request.ContentType, MediaTypes.Ndjson) ? SheetFormat.Ndjson
        : Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(MediaTypes.Csv, StringComparison.OrdinalIgnoreCase) ? SheetFormat.Csv
        : null;
}

/// <summary>A text that changes with the program only.</summary>
internal sealed class StaticTextResult(string text, string mediaType) : IResult
{
    private readonly string etag = $"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))[..16]}\"";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        CacheHeaders.Apply(httpContext, etag, null);
        if (ETags.Matches(httpContext.Request, etag))
        {
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        httpContext.Response.ContentType = mediaType == MediaTypes.Csv ? "text/csv; charset=utf-8; header=present" : mediaType;
        return httpContext.Response.WriteAsync(text, httpContext.RequestAborted);
    }
}

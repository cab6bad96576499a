using System.Globalization;
using System.Threading.RateLimiting;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Features.Changes;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Files;
using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Pipeline;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Results;
using CLSM.Directory.Model.Validation;
using Microsoft.Extensions.Options;

namespace CLSM.Directory.Api.Features.Exports;

/// <summary>Exports: <c>/v1/exports/{resource}.{format}</c>.</summary>
internal static class ExportRoutes
{
    public const string CursorHeader = "Changes-Cursor";

    /// <summary>The name of the limiter of exports.</summary>
    public const string Limiter = "exports";

    public static void Map(IEndpointRouteBuilder v1)
    {
        foreach (var export in v1.ServiceProvider.GetRequiredService<ExportCatalogue>().All)
        {
            v1.MapGet(
                    $"/exports/{export.Path}.{{format}}",
                    (
                            HttpContext context,
                            string format,
                            PublishedDbContext published,
                            FilterResolver resolver,
                            ChangeCursor cursors,
                            IOptions<ExportOptions> options,
                            [FromKeyedServices(Limiter)] ConcurrencyLimiter limiter,
                            ILogger<ExportOutput> logger,
                            CancellationToken cancellationToken) =>
                        new ExportRun(export, context, published, options.Value, limiter, logger)
                            .AnswerAsync(format, resolver, cursors, cancellationToken))
                .WithMetadata(new EndpointContract { Parameters = export.Parameters, MediaTypes = [.. export.Formats.Select(format => format.MediaType)] })
                .WithMetadata(export)
                .WithName(export.OperationId).WithTags(export.Tag)
                .WithSummary($"Export the {export.Many}")
                .WithDescription(ExportExamples.Description(export))
                .Produces(StatusCodes.Status200OK, export.Envelope, MediaTypes.Json, [.. export.Formats.Skip(1).Select(format => format.MediaType)]);
        }
    }
}

/// <summary>One request for an export.</summary>
internal sealed class ExportRun(
    ExportDefinition export,
    HttpContext context,
    PublishedDbContext published,
    ExportOptions options,
    ConcurrencyLimiter limiter,
    ILogger logger)
{
    private const int RetrySeconds = 20;

    public async Task<IResult> AnswerAsync(string formatName, FilterResolver resolver, ChangeCursor cursors, CancellationToken cancellationToken)
    {
        if (export.Formats.FirstOrDefault(known => known.Name == formatName) is not { } format)
        {
            var names = export.Formats.Select(known => known.Name).ToList();
            return new ApiProblem(StatusCodes.Status404NotFound, "unknown-format", formatName, string.Join(", ", names))
            {
                Errors = [new ValidationError("unknown-format", [formatName, string.Join(", ", names)]) { Parameter = "format", Value = formatName, Closest = ClosestMatch.Find(formatName, names) }],
            };
        }

        var query = ParsedQuery.Of(context);
        if (!MediaTypes.Accepts(context.Request, format.MediaType))
        {
            return new ApiProblem(StatusCodes.Status406NotAcceptable, "not-acceptable", format.MediaType);
        }

        if (format != ExportFormat.Csv && CsvParameters.All.FirstOrDefault(parameter => query.GetValues(parameter.Name) is not null) is { } misplaced)
        {
            return ApiProblem.BadParameters([new ValidationError("not-for-format", [misplaced.Name, ExportFormat.Csv.Name]) { Parameter = misplaced.Name }]);
        }

        // Everything, the codes of the question and the cursor included, is of one snapshot.
        await using var transaction = await SnapshotTransaction.BeginAsync(
            published, options.MaxDuration, export.Filters.All(filter => query.GetValues(filter.Name) is null), cancellationToken);
        var stamp = await ExportVersionQueries.ReadAsync(published, cursors, cancellationToken);
        if (!(await resolver.ResolveAsync(query, cancellationToken)).TryGet(out var filters, out var problem))
        {
            return problem;
        }

        var isHeld = ETags.Matches(context.Request, stamp.TagOf(context.Request));
        using var lease = isHeld || HeadRequestMiddleware.Is(context) ? null : limiter.AttemptAcquire();
        if (lease is { IsAcquired: false })
        {
            return Busy();
        }

        WriteHeaders(format, stamp);
        if (isHeld)
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        context.Response.ContentType = format.MediaType + format.Parameters;
        context.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"clsm-{export.Path}-{stamp.ChangedAt:yyyy-MM-dd}.{format.Name}\"");
        if (!HeadRequestMiddleware.Is(context))
        {
            await export.WriteAsync(published, filters, format, stamp, new ExportOutput(context, logger), cancellationToken);
        }

        return Results.Empty;
    }

    private void WriteHeaders(ExportFormat format, ExportVersion stamp)
    {
        CacheHeaders.Apply(context, stamp.TagOf(context.Request), stamp.ChangedAt);
        var headers = context.Response.Headers;
        headers[ExportRoutes.CursorHeader] = stamp.Cursor;
        headers.AcceptRanges = "none";
        if (format != ExportFormat.Xlsx)
        {
            headers.Vary = $"{headers.Vary}, Accept-Encoding";
        }
    }

    private ApiProblem Busy() => new(StatusCodes.Status503ServiceUnavailable, "too-many-exports", options.MaxConcurrent, RetrySeconds)
    {
        Headers = [("Retry-After", RetrySeconds.ToString(CultureInfo.InvariantCulture))],
    };
}

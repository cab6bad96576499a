using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Features.Councils;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Web.Files;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Features.Exports;

/// <summary>One kind of exports: what it is called, its formats, its filters and its columns.</summary>
internal abstract class ExportDefinition(string path, string operationId, string tag, string many)
{
    public string Path { get; } = path;

    public string OperationId { get; } = operationId;

    public string Tag { get; } = tag;

    public string Many { get; } = many;

    public abstract IReadOnlyList<ExportFormat> Formats { get; }

    /// <summary>The filters of its list.</summary>
    public abstract IReadOnlyList<QueryParameter> Filters { get; }

    /// <summary>Names and descriptions of its columns; none where it has no flat format.</summary>
    public abstract IEnumerable<(string Name, string Description)> Columns { get; }

    /// <summary>The export as JSON, for the contract.</summary>
    public abstract Type Envelope { get; }

    public IReadOnlyList<QueryParameter> Parameters => [.. Filters, .. Formats.Contains(ExportFormat.Csv) ? CsvParameters.All : []];

    /// <summary>What of a document is exported here, in a format that is text; for the contract.</summary>
    public abstract string WriteExample(CouncilDocument document, ExportFormat format, ExportVersion stamp);

    public abstract Task WriteAsync(
        PublishedDbContext published,
        CouncilFilterQuery question,
        ExportFormat format,
        ExportVersion stamp,
        ExportOutput output,
        CancellationToken cancellationToken);
}

/// <summary>One kind of exports, with its rows and its records.</summary>
internal abstract class ExportDefinition<TRow, T>(
    string path,
    string operationId,
    string tag,
    string many,
    JsonTypeInfo<T> record,
    NationalFilters<TRow> filters,
    IReadOnlyList<ExportColumn<T>> columns)
    : ExportDefinition(path, operationId, tag, many)
    where TRow : ResourceRow
{
    public override IReadOnlyList<QueryParameter> Filters => filters.Parameters;

    public override IEnumerable<(string Name, string Description)> Columns => columns.Select(column => (column.Name, column.Description));

    public override Type Envelope => typeof(Export<T>);

    /// <summary>The rows in an order that an index gives, so that the first is there at once.</summary>
    protected abstract IAsyncEnumerable<ExportItem<T>> Read(IQueryable<TRow> rows, bool isFlat, CancellationToken cancellationToken);

    protected virtual Guid? IdOf(T resource) => throw new InvalidOperationException($"{Path} are no features.");

    public sealed override async Task WriteAsync(
        PublishedDbContext published,
        CouncilFilterQuery question,
        ExportFormat format,
        ExportVersion stamp,
        ExportOutput output,
        CancellationToken cancellationToken)
    {
        var rows = filters.Apply(published.Set<TRow>().AsNoTracking(), question);
        await output.SendAsync(
            Read(rows, format.IsFlat, CancellationToken.None),
            body => Writer(format, CsvParameters.From(question.Values), body),
            stamp,
            cancellationToken);
    }

    public sealed override string WriteExample(CouncilDocument document, ExportFormat format, ExportVersion stamp)
    {
        using var writer = TextWriter(format, (';', true), Stream.Null);
        return writer.WriteText(stamp, Of(document).Select(item => new ExportItem<T>(item)));
    }

    protected abstract IEnumerable<T> Of(CouncilDocument document);

    private ExportWriter<T> Writer(ExportFormat format, (char Delimiter, bool HasByteOrderMark) csv, Stream body) =>
        format == ExportFormat.Xlsx ? new XlsxExportWriter<T>(body, Path, columns) : TextWriter(format, csv, body);

    private BufferedWriter<T> TextWriter(ExportFormat format, (char Delimiter, bool HasByteOrderMark) csv, Stream body) =>
        format == ExportFormat.Json ? new JsonExportWriter<T>(body, record)
        : format == ExportFormat.Ndjson ? new NdjsonExportWriter<T>(body, record)
        : format == ExportFormat.Csv ? new CsvExportWriter<T>(body, columns, csv.Delimiter, csv.HasByteOrderMark)
        : format == ExportFormat.GeoJson ? new GeoJsonExportWriter<T>(body, columns, IdOf)
        : throw new InvalidOperationException($"{format.Name} is no text.");
}

/// <summary>The councils, without their parts.</summary>
internal sealed class CouncilExport()
    : ExportDefinition<CouncilRow, Council>(
        "councils",
        "exportCouncils",
        "Councils",
        "councils",
        ModelJsonContext.Instance.Council,
        NationalFilters.Councils,
        CouncilColumns.All)
{
    public override IReadOnlyList<ExportFormat> Formats { get; } =
        [ExportFormat.Json, ExportFormat.Ndjson, ExportFormat.Csv, ExportFormat.GeoJson, ExportFormat.Xlsx];

    protected override IEnumerable<Council> Of(CouncilDocument document) => [document.WithoutParts()];

    protected override Guid? IdOf(Council resource) => resource.Id;

    protected override async IAsyncEnumerable<ExportItem<Council>> Read(
        IQueryable<CouncilRow> rows, bool isFlat, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Expression<Func<CouncilRow, CouncilLine>> line = isFlat
            ? row => new CouncilLine(row, PublishedDbContext.PlaceOf(row.Id))
            : row => new CouncilLine(row, null);
        var lines = rows.OrderBy(row => row.Code).ThenBy(row => row.Id).Select(line).AsAsyncEnumerable();
        await foreach (var (row, place) in lines.WithCancellation(cancellationToken))
        {
            yield return new ExportItem<Council>(
                row.ToCouncil(), place is null ? null : JsonSerializer.Deserialize(place, ExportsJsonContext.Instance.ExportedPlace));
        }
    }

    private sealed record CouncilLine(CouncilRow Row, string? Place);
}

/// <summary>The councils with everything in them: what an import takes.</summary>
internal sealed class DocumentExport(DocumentQueries documents)
    : ExportDefinition<CouncilRow, CouncilDocument>(
        "documents",
        "exportDocuments",
        "Councils",
        "whole councils",
        ModelJsonContext.Instance.CouncilDocument,
        NationalFilters.Councils,
        [])
{
    public override IReadOnlyList<ExportFormat> Formats { get; } = [ExportFormat.Json, ExportFormat.Ndjson];

    protected override IEnumerable<CouncilDocument> Of(CouncilDocument document) => [document];

    protected override async IAsyncEnumerable<ExportItem<CouncilDocument>> Read(
        IQueryable<CouncilRow> rows, bool isFlat, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var document in documents.StreamAsync(rows, cancellationToken))
        {
            yield return new ExportItem<CouncilDocument>(document);
        }
    }
}

/// <summary>One kind of parts of all councils.</summary>
internal sealed class PartExport<TRow, TPart>(PartType<TRow, TPart> type)
    : ExportDefinition<TRow, TPart>(
        type.Names.Path,
        $"export{type.Names.ManyOperation}",
        type.Names.Tag,
        type.Names.Many,
        type.Metadata,
        NationalFilters.Of(type),
        PartColumns.Around(type.Columns))
    where TRow : PartRow<TPart>, new()
    where TPart : CouncilPart
{
    public override IReadOnlyList<ExportFormat> Formats { get; } =
        [ExportFormat.Json, ExportFormat.Ndjson, ExportFormat.Csv, ExportFormat.Xlsx];

    protected override IEnumerable<TPart> Of(CouncilDocument document) =>
        type.Of(document).Cast<TPart>().Select(part => part with { Council = document.Code });

    protected override async IAsyncEnumerable<ExportItem<TPart>> Read(
        IQueryable<TRow> rows, bool isFlat, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ordered = rows.OrderBy(row => row.CouncilId).ThenBy(row => row.Id).AsAsyncEnumerable();
        await foreach (var row in ordered.WithCancellation(cancellationToken))
        {
            yield return new ExportItem<TPart>(row.ToModel(row.CouncilCode));
        }
    }
}

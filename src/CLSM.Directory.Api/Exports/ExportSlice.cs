using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CLSM.Directory.Api.Councils;
using CLSM.Directory.Api.Documents;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Model.Json;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Parts;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Queries;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Exports;

/// <summary>One kind of exports: what it is called, its formats, its filters and its columns.</summary>
internal abstract class ExportSlice(string path, string operationId, string tag, string many)
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

    /// <summary>What of a document is exported here, in a format; for the contract.</summary>
    public abstract void WriteExample(CouncilDocument document, ExportFormat format, ExportStamp stamp, Stream body);

    public abstract Task WriteAsync(PublishedDbContext published, CouncilFilterQuery question, ExportFormat format, ExportStamp stamp, ExportOutput output, CancellationToken cancellationToken);
}

/// <summary>One kind of exports, with its rows and its records.</summary>
internal abstract class ExportSlice<TRow, T>(string path, string operationId, string tag, string many, NationalFilters<TRow> filters, IReadOnlyList<ExportColumn<T>> columns)
    : ExportSlice(path, operationId, tag, many)
    where TRow : ResourceRow
{
    public override IReadOnlyList<QueryParameter> Filters => filters.Parameters;

    public override IEnumerable<(string Name, string Description)> Columns => columns.Select(column => (column.Name, column.Description));

    public override Type Envelope => typeof(Export<T>);

    /// <summary>The rows in an order that an index gives, so that the first is there at once.</summary>
    protected abstract IAsyncEnumerable<Exported<T>> Read(IQueryable<TRow> rows, bool isFlat, CancellationToken cancellationToken);

    protected virtual Guid? IdOf(T resource) => throw new InvalidOperationException($"{Path} are no features.");

    public sealed override async Task WriteAsync(
        PublishedDbContext published, CouncilFilterQuery question, ExportFormat format, ExportStamp stamp, ExportOutput output, CancellationToken cancellationToken)
    {
        var rows = filters.Apply(published.Set<TRow>().AsNoTracking(), question);
        await output.SendAsync(Read(rows, format.IsFlat, CancellationToken.None), body => Writer(format, CsvParameters.From(question.Values), body), stamp, cancellationToken);
    }

    public sealed override void WriteExample(CouncilDocument document, ExportFormat format, ExportStamp stamp, Stream body)
    {
        // On memory nothing has to be waited for.
        using var writer = Writer(format, (';', true), body);
        writer.BeginAsync(stamp).AsTask().GetAwaiter().GetResult();
        foreach (var item in Of(document))
        {
            writer.WriteAsync(new Exported<T>(item)).AsTask().GetAwaiter().GetResult();
        }

        writer.EndAsync().AsTask().GetAwaiter().GetResult();
    }

    protected abstract IEnumerable<T> Of(CouncilDocument document);

    private ExportWriter<T> Writer(ExportFormat format, (char Delimiter, bool HasByteOrderMark) csv, Stream body) =>
        format == ExportFormat.Json ? new JsonExportWriter<T>(body)
        : format == ExportFormat.Ndjson ? new NdjsonExportWriter<T>(body)
        : format == ExportFormat.Csv ? new CsvExportWriter<T>(body, columns, csv.Delimiter, csv.HasByteOrderMark)
        : format == ExportFormat.Xlsx ? new XlsxExportWriter<T>(body, Path, columns)
        : format == ExportFormat.GeoJson ? new GeoJsonExportWriter<T>(body, columns, IdOf)
        : throw new InvalidOperationException($"{format.Name} has no writer.");
}

/// <summary>The councils, without their parts.</summary>
internal sealed class CouncilExport()
    : ExportSlice<CouncilRow, Council>("councils", "exportCouncils", "Councils", "councils", NationalFilters.Councils, CouncilColumns.All)
{
    public override IReadOnlyList<ExportFormat> Formats { get; } = [ExportFormat.Json, ExportFormat.Ndjson, ExportFormat.Csv, ExportFormat.GeoJson, ExportFormat.Xlsx];

    protected override IEnumerable<Council> Of(CouncilDocument document) => [JsonSerializer.Deserialize(Statement(document), ModelJsonContext.Instance.Council)!];

    protected override Guid? IdOf(Council resource) => resource.Id;

    protected override async IAsyncEnumerable<Exported<Council>> Read(IQueryable<CouncilRow> rows, bool isFlat, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Expression<Func<CouncilRow, CouncilLine>> line = isFlat
            ? row => new CouncilLine(row, PublishedDbContext.PlaceOf(row.Id))
            : row => new CouncilLine(row, null);
        await foreach (var (row, place) in rows.OrderBy(row => row.Code).ThenBy(row => row.Id).Select(line).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return new Exported<Council>(row.ToCouncil(), place is null ? null : JsonSerializer.Deserialize(place, ExportsJsonContext.Instance.ExportedPlace));
        }
    }

    /// <summary>The council of a document, without its parts.</summary>
    private static byte[] Statement(CouncilDocument document) => JsonSerializer.SerializeToUtf8Bytes<Council>(document, ModelJsonContext.Instance.Council);

    private sealed record CouncilLine(CouncilRow Row, string? Place);
}

/// <summary>The councils with everything in them: what an import takes.</summary>
internal sealed class DocumentExport()
    : ExportSlice<CouncilRow, CouncilDocument>("documents", "exportDocuments", "Councils", "whole councils", NationalFilters.Councils, [])
{
    public override IReadOnlyList<ExportFormat> Formats { get; } = [ExportFormat.Json, ExportFormat.Ndjson];

    protected override IEnumerable<CouncilDocument> Of(CouncilDocument document) => [document];

    protected override async IAsyncEnumerable<Exported<CouncilDocument>> Read(IQueryable<CouncilRow> rows, bool isFlat, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var document in DocumentQueries.StreamAsync(rows, cancellationToken))
        {
            yield return new Exported<CouncilDocument>(document);
        }
    }
}

/// <summary>One kind of parts of all councils.</summary>
internal sealed class PartExport<TRow, TPart>(PartType<TRow, TPart> type, IReadOnlyList<ExportColumn<TPart>> columns)
    : ExportSlice<TRow, TPart>(type.Names.Path, $"export{type.Names.ManyOperation}", type.Names.Tag, type.Names.Many, NationalFilters.Of(type), columns)
    where TRow : PartRow<TPart>, new()
    where TPart : CouncilPart
{
    public override IReadOnlyList<ExportFormat> Formats { get; } = [ExportFormat.Json, ExportFormat.Ndjson, ExportFormat.Csv, ExportFormat.Xlsx];

    protected override IEnumerable<TPart> Of(CouncilDocument document) => type.Of(document).Select(part => (TPart)(part with { Council = document.Code }));

    protected override async IAsyncEnumerable<Exported<TPart>> Read(IQueryable<TRow> rows, bool isFlat, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in rows.OrderBy(row => row.CouncilId).ThenBy(row => row.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return new Exported<TPart>((TPart)row.PartOf(row.CouncilCode));
        }
    }
}

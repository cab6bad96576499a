using System.Globalization;
using System.Text.Json;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Features.Councils;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Model.Councils;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Features.History;

/// <summary>Reads the history of the council that was entered, each time in one statement.</summary>
internal static class HistoryQueries
{
    /// <summary>A page of the entries, in the order in which they were written or the other way round.</summary>
    public static async Task<Page<HistoryEntry>> ListAsync(CouncilDbContext database, Guid council, PageRequest request, CancellationToken cancellationToken)
    {
        var after = request.After?.Number ?? (request.Descending ? long.MaxValue : 0);
        var lines = await database.Database.SqlQueryRaw<HistoryLine>(SqlFor(request.Descending), council, after, request.Fetch).ToListAsync(cancellationToken);
        var entries = lines.Where(line => line.Number is not null).ToList();
        return request
            .ToPage(entries, lines[0].Total, line => new Cursor(line.Number!.Value.ToString(CultureInfo.InvariantCulture), council, line.Id!.Value))
            .Select(line => line.ToEntry());
    }

    /// <summary>The document of a council as it was at a version, or at an instant; null before its history begins, or beyond its end.</summary>
    public static async Task<CouncilDocument?> ReadAtAsync(
        CouncilDbContext database, DocumentQueries documents, Guid council, int? version, DateTime? instant, CancellationToken cancellationToken)
    {
        var lines = await database.Database.SqlQueryRaw<CouncilResource>(
            """
            select d.type as "Type", d.id as "Id", d.version as "Version", d.created_at as "CreatedAt", d.updated_at as "UpdatedAt",
                   case when d.type = 'council' then d.statement || jsonb_build_object('code', c.code) else d.statement end::text as "Statement"
            from directory.council c
            cross join lateral directory.document_at(c.id, coalesce({1}::integer, directory.version_at(c.id, {2}::timestamptz))) d
            where c.id = {0} and coalesce({1}::integer, 1) <= c.version
            order by d.type, d.created_at, d.id
            """,
            council,
            new Npgsql.NpgsqlParameter { Value = (object?)version ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer },
            new Npgsql.NpgsqlParameter { Value = (object?)instant ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz }).ToListAsync(cancellationToken);
        return documents.DocumentOf(lines);
    }

    /// <summary>One row even where there is no entry, for the total.</summary>
    internal static string SqlFor(bool isDescending)
    {
        var (sign, order) = isDescending ? ("<", "desc") : (">", "asc");
        return $$"""
            select h.number as "Number", h.council_version as "Version", h.at as "At", h.author as "Author", h.request as "Request", h.type as "Type", h.id as "Id",
                   h.operation as "Operation", h.reason as "Reason", h.before::text as "Before", h.after::text as "After", h.erased_at as "ErasedAt", a.total as "Total"
            from (select count(*)::integer as total from directory.history where council_id = {0}) a
            left join (
                select * from directory.history where council_id = {0} and number {{sign}} {1} order by number {{order}} limit {2}) h on true
            order by h.number {{order}}
            """;
    }

    /// <summary>One row of the history.</summary>
    internal sealed record HistoryLine
    {
        public long? Number { get; init; }

        public int? Version { get; init; }

        public DateTime? At { get; init; }

        public string? Author { get; init; }

        public string? Request { get; init; }

        public string? Type { get; init; }

        public Guid? Id { get; init; }

        public string? Operation { get; init; }

        public string? Reason { get; init; }

        public string? Before { get; init; }

        public string? After { get; init; }

        public DateTime? ErasedAt { get; init; }

        public required int Total { get; init; }

        public HistoryEntry ToEntry() => new()
        {
            Version = Version!.Value,
            At = At!.Value,
            By = Author!,
            Request = Request,
            Type = Type!,
            Id = Id!.Value,
            Operation = Operation!,
            Reason = Reason,
            Before = Image(Before),
            After = Image(After),
            ErasedAt = ErasedAt,
        };

        private static JsonElement? Image(string? json) => json is null ? null : JsonSerializer.Deserialize(json, ModelJsonContext.Instance.JsonElement);
    }
}

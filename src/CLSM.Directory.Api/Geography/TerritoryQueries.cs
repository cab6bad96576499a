using System.Globalization;
using System.Text.Json;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Model.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CLSM.Directory.Api.Geography;

/// <summary>Reads territories: one statement a read.</summary>
internal sealed class TerritoryQueries(PublishedDbContext published)
{
    private const string VersionSql =
        $"""
        select {DataVersion.Sql} as "Value", greatest(s.loaded_at, h.at) as "ChangedAt"
        from published.reference_state s, published.change_head h
        """;

    /// <summary>The version of the data, to be read before what is answered from it.</summary>
    public async Task<DataVersion> GetVersionAsync(CancellationToken cancellationToken) =>
        (await published.Database.SqlQueryRaw<DataVersion>(VersionSql).ToListAsync(cancellationToken))[0];

    public async Task<T?> FindAsync<T>(TerritoryKind kind, string code, CancellationToken cancellationToken)
        where T : class
    {
        var order = kind == TerritoryKind.Commune ? "order by (c.type = 'commune') desc, c.type limit 1" : "";
        var sql = $"""
            with page as materialized (select c.* from {kind.From} c where c.{kind.Key} = @code {order})
            select r.*, '' as "Key", 1::bigint as "Total" from ({kind.Sql}) r
            """;
        var lines = await published.Database.SqlQueryRaw<TerritoryLine>(sql, new NpgsqlParameter("code", code)).ToListAsync(cancellationToken);
        return lines.Count == 0 ? null : Read<T>(lines[0]);
    }

    /// <summary>A page of territories.</summary>
    public async Task<Page<T>> ListAsync<T>(TerritoryKind kind, TerritoryQuery query, PageRequest request, CancellationToken cancellationToken)
        where T : class
    {
        var lines = await ReadAsync(kind, query, request.After?.Key, request.Fetch, cancellationToken);
        var total = lines is [var first, ..] ? first.Total
            : request.After is null ? 0
            : await CountAsync(kind, query, cancellationToken);
        return request.ToPage(lines, (int)total, line => new Cursor(line.Key)).Select(Read<T>);
    }

    /// <summary>The first territories that a query finds, up to a number of them.</summary>
    public async Task<IReadOnlyList<T>> FirstAsync<T>(TerritoryKind kind, TerritoryQuery query, int most, CancellationToken cancellationToken)
        where T : class =>
        [.. (await ReadAsync(kind, query, null, most, cancellationToken)).Select(Read<T>)];

    /// <summary>The rows after a key, each with its own key.</summary>
    private async Task<List<TerritoryLine>> ReadAsync(TerritoryKind kind, TerritoryQuery query, string? after, int most, CancellationToken cancellationToken)
    {
        var filter = new Filter(query);
        var place = kind.Order;
        var where = filter.Where;
        var on = "";
        if (after?.Split('\n') is [var rank, .. var key])
        {
            var values = string.Join(", ", key.Select(part => filter.Add(part)));
            var last = int.Parse(rank, CultureInfo.InvariantCulture);
            on = filter.IsRanked
                ? $"{(where.Length == 0 ? "where" : "and")} (({filter.Rank}), {place}) > ({filter.Add(last)}, {values})"
                : $"{(where.Length == 0 ? "where" : "and")} ({place}) > ({values})";
        }

        var order = filter.IsRanked ? $"({filter.Rank}), {place}" : place;
        var keys = string.Join(" || chr(10) || ", place.Replace("c.", "t.", StringComparison.Ordinal).Split(", "));
        var record = kind.Sql.Replace(
            " as \"Resource\"", $" as \"Resource\", t.rank || chr(10) || {keys} as \"Key\", t.place", StringComparison.Ordinal);
        var sql =
            $"""
            with page as materialized (
                select c.*, {filter.Rank} as rank, row_number() over (order by {order}) as place
                from {kind.From} c {where} {on}
                order by {order}
                limit {filter.Add(most)})
            select r.*, (select count(*) from {kind.From} c {where}) as "Total"
            from ({record}) r
            order by r.place
            """;
        return await published.Database.SqlQueryRaw<TerritoryLine>(sql, [.. filter.Parameters]).ToListAsync(cancellationToken);
    }

    /// <summary>How many there are in a list; read only where a page is empty.</summary>
    private async Task<long> CountAsync(TerritoryKind kind, TerritoryQuery query, CancellationToken cancellationToken)
    {
        var filter = new Filter(query);
        var sql = $"""select count(*) as "Value" from {kind.From} c {filter.Where}""";
        return (await published.Database.SqlQueryRaw<long>(sql, [.. filter.Parameters]).ToListAsync(cancellationToken))[0];
    }

    private static T Read<T>(TerritoryLine line) => JsonSerializer.Deserialize(line.Resource, GeographyJsonContext.Instance.Options.TypeInfo<T>())!;

    /// <summary>A query as SQL: conditions on the rows <c>c</c>, and the order of what they find.</summary>
    private sealed class Filter
    {
        private readonly List<string> conditions = [];

        public Filter(TerritoryQuery query)
        {
            if (query.CurrentOnly)
            {
                conditions.Add("c.type in ('commune', 'municipal-arrondissement')");
            }

            if (query.Types is { } types)
            {
                conditions.Add($"c.type = any ({Add(types.ToArray())})");
            }

            if (query.Department is { } department)
            {
                conditions.Add($"c.department_code = {Add(department)}");
            }

            if (query.Epci is { } epci)
            {
                conditions.Add($"c.epci_siren = {Add(epci)}");
            }

            if (query.Region is { } region)
            {
                conditions.Add($"c.region_code = {Add(region)}");
            }

            if (query.CodeOrPostcode is { } code)
            {
                var value = Add(code);
                conditions.Add($"(c.code = {value} or {value} = any (c.postcodes))");
            }

            if (query.Words is { } words)
            {
                Search(words);
            }
        }

        public List<NpgsqlParameter> Parameters { get; } = [];

        public string Where => conditions.Count == 0 ? "" : "where " + string.Join(" and ", conditions);

        /// <summary>How well a row matches, the best first; the same for all rows without words.</summary>
        public string Rank { get; private set; } = "0";

        public bool IsRanked { get; private set; }

        public string Add(object value)
        {
            var name = $"p{Parameters.Count}";
            Parameters.Add(new NpgsqlParameter(name, value));
            return $"@{name}";
        }

        /// <summary>Each word begins a word of the name. The name itself comes first, then names that begin so, then current ones before others.</summary>
        private void Search(string words)
        {
            var plain = PlaceName.Fold(words);
            var like = Add(plain);
            conditions.Add(plain.Length == 0
                ? "false"
                : $"c.words @@ to_tsquery('simple', {Add(string.Join(" & ", plain.Split(' ').Select(word => $"{word}:*")))})");
            Rank = $"case when c.plain_name = {like} then 0 when starts_with(c.plain_name, {like}) then 2 else 4 end "
                + "+ case when c.type in ('commune', 'municipal-arrondissement') then 0 else 1 end";
            IsRanked = true;
        }
    }

    /// <summary>One row of a read.</summary>
    private sealed record TerritoryLine
    {
        /// <summary>The resource as JSON, as PostgreSQL composed it.</summary>
        public required string Resource { get; init; }

        /// <summary>The position in the order of its list.</summary>
        public required string Key { get; init; }

        /// <summary>How many there are in the whole list.</summary>
        public required long Total { get; init; }
    }
}

using System.Text.Json;
using CLSM.Directory.Api.Model.Json;
using CLSM.Directory.Api.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CLSM.Directory.Api.Geography;

/// <summary>A kind of territories: how it is asked for, and the SQL that puts its record together from the views of what is public.</summary>
internal sealed record TerritoryKind(string Table, string Key, string UnknownCode, string Sql)
{
    private const string Councils =
        """
        coalesce((
            select jsonb_agg(jsonb_build_object('code', v.council_code, 'name', v.council_name, 'status', v.council_status,
                                                'extent', case when v.whole = {0} then 'whole' else 'part' end) order by v.council_code)
            from (select council_code, council_name, council_status, count(distinct commune_code) filter (where extent = 'whole') as whole
                  from published.coverage
                  where commune_code in (select m.code from published.reference_commune m where m.type = 'commune' and {1})
                  group by council_code, council_name, council_status) v), '[]')
        """;

    public static readonly TerritoryKind Commune = new(
        "reference_commune",
        "code",
        "unknown-commune",
        """
        select jsonb_strip_nulls(jsonb_build_object(
            'code', t.code,
            'name', t.name,
            'type', t.type,
            'current', case when t.type not in ('commune', 'municipal-arrondissement') then jsonb_build_object('code', p.code, 'name', p.name) end,
            'partOf', case when t.type = 'municipal-arrondissement' then jsonb_build_object('code', p.code, 'name', p.name) end,
            'department', (select jsonb_build_object('code', d.code, 'name', d.name) from published.reference_department d where d.code = t.department_code),
            'region', (select jsonb_build_object('code', r.code, 'name', r.name) from published.reference_region r where r.code = t.region_code),
            'epci', (select jsonb_build_object('siren', e.siren, 'name', e.name) from published.reference_epci e where e.siren = t.epci_siren),
            'postcodes', case when cardinality(t.postcodes) > 0 then to_jsonb(t.postcodes) end,
            'population', t.population,
            'position', case when t.latitude is not null then jsonb_build_object('latitude', t.latitude, 'longitude', t.longitude, 'source', t.position_source) end,
            'councils', coalesce((
                select jsonb_agg(c.council order by c.council_code)
                from (select v.council_code, jsonb_build_object(
                                 'code', v.council_code, 'name', v.council_name, 'status', v.council_status,
                                 'extent', case when bool_or(v.extent = 'whole') then 'whole' else 'part' end,
                                 'through', jsonb_agg(jsonb_build_object('type', v.through_type, 'code', v.through_code) order by v.through_type, v.through_code)) as council
                      from published.coverage v
                      -- An arrondissement is covered by those who cover it, and by those who cover its commune whole.
                      where v.commune_code in (t.code, case when t.type <> 'commune' then t.parent_code end)
                        and (t.type <> 'municipal-arrondissement' or v.commune_code = t.code or v.extent = 'whole')
                      group by v.council_code, v.council_name, v.council_status) c), '[]')))::text as "Resource"
        from page t left join published.reference_commune p on p.code = t.parent_code and p.type = 'commune'
        """);

    public static readonly TerritoryKind Epci = new(
        "reference_epci",
        "siren",
        "unknown-epci",
        $$"""
        select jsonb_build_object(
            'siren', t.siren,
            'name', t.name,
            'type', t.type,
            'departments', (
                select jsonb_agg(jsonb_build_object('code', d.code, 'name', d.name) order by d.code) from published.reference_department d
                where d.code in (select m.department_code from published.reference_commune m where m.type = 'commune' and m.epci_siren = t.siren)),
            'communes', n.communes,
            'population', n.population,
            'councils', {{In("m.epci_siren = t.siren")}})::text as "Resource"
        from page t cross join lateral (
            select count(*) as communes, coalesce(sum(m.population), 0) as population
            from published.reference_commune m where m.type = 'commune' and m.epci_siren = t.siren) n
        """);

    public static readonly TerritoryKind Department = new(
        "reference_department",
        "code",
        "unknown-department",
        $$"""
        select jsonb_build_object(
            'code', t.code,
            'name', t.name,
            'region', (select jsonb_build_object('code', r.code, 'name', r.name) from published.reference_region r where r.code = t.region_code),
            'communes', n.communes,
            'population', n.population,
            'councils', {{In("m.department_code = t.code")}})::text as "Resource"
        from page t cross join lateral (
            select count(*) as communes, coalesce(sum(m.population), 0) as population
            from published.reference_commune m where m.type = 'commune' and m.department_code = t.code) n
        """);

    public static readonly TerritoryKind Region = new(
        "reference_region",
        "code",
        "unknown-region",
        $$"""
        select jsonb_strip_nulls(jsonb_build_object(
            'code', t.code,
            'name', t.name,
            'healthAgency', t.health_agency,
            'departments', (
                select coalesce(jsonb_agg(jsonb_build_object('code', d.code, 'name', d.name) order by d.code), '[]')
                from published.reference_department d where d.region_code = t.code),
            'communes', n.communes,
            'population', n.population,
            'councils', {{In("m.region_code = t.code")}}))::text as "Resource"
        from page t cross join lateral (
            select count(*) as communes, coalesce(sum(m.population), 0) as population
            from published.reference_commune m where m.type = 'commune' and m.region_code = t.code) n
        """);

    /// <summary>Name of the view that it is read from.</summary>
    public string From => $"published.{Table}";

    private static string In(string members) => Councils.Replace("{0}", "n.communes", StringComparison.Ordinal).Replace("{1}", members, StringComparison.Ordinal);
}

/// <summary>What a list of territories is asked for: conditions on its rows, and the order of what it finds.</summary>
internal sealed record TerritoryQuery
{
    /// <summary>Conditions, each with its own parameters.</summary>
    public List<string> Conditions { get; } = [];

    public List<NpgsqlParameter> Parameters { get; } = [];

    /// <summary>How well a row answers, the best first; the same for all where nothing is searched.</summary>
    public string Rank { get; set; } = "0";

    /// <summary>Each word begins a word of the name. The name itself comes first, then names that begin so, then current ones before others.</summary>
    public void Search(string words)
    {
        var plain = PlaceName.Fold(words);
        var like = Add(plain);
        Conditions.Add(plain.Length == 0 ? "false" : $"c.words @@ to_tsquery('simple', {Add(string.Join(" & ", plain.Split(' ').Select(word => $"{word}:*")))})");
        Rank = $"case when c.plain_name = {like} then 0 when starts_with(c.plain_name, {like}) then 2 else 4 end + case when c.type in ('commune', 'municipal-arrondissement') then 0 else 1 end";
    }

    /// <summary>The same question, to be asked a second time.</summary>
    public TerritoryQuery ForTotal()
    {
        var copy = new TerritoryQuery();
        copy.Conditions.AddRange(Conditions);
        copy.Parameters.AddRange(Parameters.Select(parameter => parameter.Clone()));
        return copy;
    }

    public string Add(object value)
    {
        var name = $"p{Parameters.Count}";
        Parameters.Add(new NpgsqlParameter(name, value));
        return $"@{name}";
    }
}

/// <summary>How the directory stands.</summary>
/// <param name="Stamp">Changes whenever an answer about territories can: with the reference, with any council, and with the day, since parts begin and end.</param>
/// <param name="At">When the reference or a council last changed.</param>
internal sealed record DataVersion(string Stamp, DateTime At);

/// <summary>Reads territories: one statement a read.</summary>
internal sealed class TerritoryQueries(PublishedDbContext published)
{
    /// <summary>How the directory stands, before an answer is read from it.</summary>
    public async Task<DataVersion> GetVersionAsync(CancellationToken cancellationToken) => (await published.Database.SqlQueryRaw<DataVersion>(
        """
        select s.version || '-' || h.cursor || '-' || to_char(current_date, 'YYMMDD') as "Stamp", greatest(s.loaded_at, h.at) as "At"
        from published.reference_state s, published.change_head h
        """)
        .ToListAsync(cancellationToken))[0];

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

    /// <summary>The rows after <paramref name="after"/>, one more than <paramref name="limit"/> where there are more, each with its place in the order.</summary>
    public async Task<IReadOnlyList<(T Resource, string Key, long Total)>> ListAsync<T>(
        TerritoryKind kind, TerritoryQuery question, string? after, int limit, CancellationToken cancellationToken)
        where T : class
    {
        var place = kind == TerritoryKind.Commune ? "c.name, c.code, c.type" : $"c.{kind.Key}";
        var where = question.Conditions.Count == 0 ? "" : "where " + string.Join(" and ", question.Conditions);
        var on = "";
        if (after?.Split('\n') is [var rank, .. var key])
        {
            var values = string.Join(", ", key.Select(part => question.Add(part)));
            var last = int.Parse(rank, System.Globalization.CultureInfo.InvariantCulture);
            on = question.Rank == "0"
                ? $"{(where.Length == 0 ? "where" : "and")} ({place}) > ({values})"
                : $"{(where.Length == 0 ? "where" : "and")} (({question.Rank}), {place}) > ({question.Add(last)}, {values})";
        }

        var order = question.Rank == "0" ? place : $"({question.Rank}), {place}";
        var keys = string.Join(" || chr(10) || ", place.Replace("c.", "t.", StringComparison.Ordinal).Split(", "));
        var sql =
            $"""
            with page as materialized (
                select c.*, {question.Rank} as rank, row_number() over (order by {order}) as place
                from {kind.From} c {where} {on}
                order by {order}
                limit {question.Add(limit + 1)})
            select r.*, (select count(*) from {kind.From} c {where}) as "Total"
            from ({kind.Sql.Replace(" as \"Resource\"", $" as \"Resource\", t.rank || chr(10) || {keys} as \"Key\", t.place", StringComparison.Ordinal)}) r
            order by r.place
            """;
        var lines = await published.Database.SqlQueryRaw<TerritoryLine>(sql, [.. question.Parameters]).ToListAsync(cancellationToken);
        return [.. lines.Select(line => (Read<T>(line), line.Key, line.Total))];
    }

    /// <summary>How many there are in a list; asked only where a page is empty.</summary>
    public async Task<long> CountAsync(TerritoryKind kind, TerritoryQuery question, CancellationToken cancellationToken)
    {
        var sql = $"""select count(*) as "Value" from {kind.From} c {(question.Conditions.Count == 0 ? "" : "where " + string.Join(" and ", question.Conditions))}""";
        return (await published.Database.SqlQueryRaw<long>(sql, [.. question.Parameters]).ToListAsync(cancellationToken))[0];
    }

    private static T Read<T>(TerritoryLine line) => JsonSerializer.Deserialize(line.Resource, GeographyJsonContext.Instance.Options.TypeInfo<T>())!;
}

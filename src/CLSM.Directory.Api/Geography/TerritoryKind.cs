using System.Globalization;
using CLSM.Directory.Api.Web.Paging;

namespace CLSM.Directory.Api.Geography;

/// <summary>A kind of territory: its view, its key, and the SQL that composes its record from the published views.</summary>
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

    /// <summary>The columns of <c>c</c> that order a list, after the rank of its words.</summary>
    public string Order => this == Commune ? "c.name, c.code, c.type" : $"c.{Key}";

    /// <summary>The order of a list. The key of its cursors is the rank and the value of each column, one a line.</summary>
    public SortField Sort => new("name", key =>
        key.Split('\n') is [var rank, .. var values]
        && int.TryParse(rank, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        && values.Length == Order.Split(',').Length
        && !key.Contains('\0', StringComparison.Ordinal));

    private static string In(string members) => Councils.Replace("{0}", "n.communes", StringComparison.Ordinal).Replace("{1}", members, StringComparison.Ordinal);
}

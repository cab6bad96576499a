using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Web.Paging;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CLSM.Directory.Api.Features.Coverage;

/// <summary>What the rows of a coverage stand for.</summary>
internal sealed record CoverageGrouping(string Name, string Column, string Table, string Key)
{
    public static readonly IReadOnlyList<CoverageGrouping> All =
    [
        new("region", "region_code", "reference_region", "code"),
        new("department", "department_code", "reference_department", "code"),
        new("epci", "epci_siren", "reference_epci", "siren"),
    ];
}

/// <summary>A page of the figures by territory, and those of all territories together.</summary>
internal sealed record CoveragePage(CoverageLine All, Page<CoverageLine> Territories);

/// <summary>Figures of one territory, or of all together where it has no code.</summary>
internal sealed record CoverageLine
{
    public string? Code { get; init; }

    public string? Name { get; init; }

    public required int Communes { get; init; }

    public required int CommunesCovered { get; init; }

    public required int CommunesPartlyCovered { get; init; }

    public required int CommunesPrefiguration { get; init; }

    public required int CommunesUncovered { get; init; }

    public required int Population { get; init; }

    public required int PopulationCovered { get; init; }

    public required int PopulationPartlyCovered { get; init; }

    public required int PopulationPrefiguration { get; init; }

    public required int PopulationUncovered { get; init; }

    public required int Councils { get; init; }

    public required int CouncilsInPrefiguration { get; init; }

    /// <summary>How many territories there are in the whole list.</summary>
    public required int Territories { get; init; }

    public required int UnresolvedCouncils { get; init; }

    public int? Vintage { get; init; }

    public required DateTime LoadedAt { get; init; }

    public int? PopulationYear { get; init; }
}

/// <summary>A commune with its coverage.</summary>
internal sealed record CommuneLine
{
    public required string Code { get; init; }

    public required string Name { get; init; }

    public required string State { get; init; }

    public required string DepartmentCode { get; init; }

    public required string DepartmentName { get; init; }

    public required string RegionCode { get; init; }

    public required string RegionName { get; init; }

    public string? EpciSiren { get; init; }

    public string? EpciName { get; init; }

    public int? Population { get; init; }

    public required int Total { get; init; }

    public CommuneCoverage ToCommune() => new()
    {
        Code = Code,
        Name = Name,
        State = State,
        Department = new() { Code = DepartmentCode, Name = DepartmentName },
        Region = new() { Code = RegionCode, Name = RegionName },
        Epci = EpciSiren is null ? null : new() { Siren = EpciSiren, Name = EpciName! },
        Population = Population,
    };
}

/// <summary>Reads coverage: one statement a read.</summary>
internal sealed class CoverageQueries(PublishedDbContext published)
{
    /// <summary>The figures by territory.</summary>
    public async Task<CoveragePage> ListAsync(CoverageQuery query, CoverageGrouping by, PageRequest request, CancellationToken cancellationToken)
    {
        var filter = new Filter(query);
        var sql =
            $"""
            with chosen as materialized (
                select c.*, c.{by.Column} as place from published.commune_coverage c {filter.Where}
            ), figures as (
                select place, grouping(place) as all_of_them, count(*) as communes,
                       count(*) filter (where state = 'covered') as covered, count(*) filter (where state = 'partly-covered') as partly_covered,
                       count(*) filter (where state = 'prefiguration') as prefiguration, count(*) filter (where state = 'uncovered') as uncovered,
                       sum(population_covered) as population_covered, sum(population_partly_covered) as population_partly_covered,
                       sum(population_prefiguration) as population_prefiguration, sum(population_uncovered) as population_uncovered
                from chosen group by grouping sets ((place), ())
            ), present as (
                select distinct m.place, v.council_id, v.council_status in ('project', 'prefiguration') as is_planned
                from published.coverage v join chosen m on m.code = v.commune_code
            ), councils as (
                select place, grouping(place) as all_of_them,
                       count(distinct council_id) filter (where not is_planned) as councils, count(distinct council_id) filter (where is_planned) as planned
                from present group by grouping sets ((place), ())
            )
            select case when f.all_of_them = 0 then f.place end as "Code", t.name as "Name",
                   f.communes::integer as "Communes", f.covered::integer as "CommunesCovered", f.partly_covered::integer as "CommunesPartlyCovered",
                   f.prefiguration::integer as "CommunesPrefiguration", f.uncovered::integer as "CommunesUncovered",
                   (coalesce(f.population_covered, 0) + coalesce(f.population_partly_covered, 0)
                       + coalesce(f.population_prefiguration, 0) + coalesce(f.population_uncovered, 0))::integer as "Population",
                   coalesce(f.population_covered, 0)::integer as "PopulationCovered", coalesce(f.population_partly_covered, 0)::integer as "PopulationPartlyCovered",
                   coalesce(f.population_prefiguration, 0)::integer as "PopulationPrefiguration", coalesce(f.population_uncovered, 0)::integer as "PopulationUncovered",
                   coalesce(n.councils, 0)::integer as "Councils", coalesce(n.planned, 0)::integer as "CouncilsInPrefiguration",
                   (select count(*) from figures where all_of_them = 0 and place is not null)::integer as "Territories",
                   (select count(*) from published.council c
                    where c.status not in ('closed', 'merged') and not exists (select from published.coverage v where v.council_id = c.id))::integer as "UnresolvedCouncils",
                   s.vintage as "Vintage", s.loaded_at as "LoadedAt", s.population_year as "PopulationYear"
            from figures f
            cross join published.reference_state s
            left join councils n on n.all_of_them = f.all_of_them and coalesce(n.place, '') = coalesce(f.place, '')
            left join published.{by.Table} t on t.{by.Key} = f.place
            where f.all_of_them = 1 or f.place > {filter.Add(request.After?.Key ?? "")}
            order by f.all_of_them desc, f.place
            limit {filter.Add(request.Fetch + 1)}
            """;
        var lines = await published.Database.SqlQueryRaw<CoverageLine>(sql, [.. filter.Parameters]).ToListAsync(cancellationToken);

        // The first line is always there: all territories together.
        var all = lines[0];
        return new CoveragePage(all, request.ToPage(lines[1..], all.Territories, line => new Cursor(line.Code!)));
    }

    /// <summary>A page of the communes.</summary>
    public async Task<Page<CommuneCoverage>> ListCommunesAsync(CoverageQuery query, PageRequest request, CancellationToken cancellationToken)
    {
        var filter = new Filter(query);
        var sql = Communes(filter, $"where c.code > {filter.Add(request.After?.Key ?? "")}", $"limit {filter.Add(request.Fetch)}");
        var lines = await published.Database.SqlQueryRaw<CommuneLine>(sql, [.. filter.Parameters]).ToListAsync(cancellationToken);
        var total = lines is [var first, ..] ? first.Total
            : request.After is null ? 0
            : await CountAsync(query, cancellationToken);
        return request.ToPage(lines, total, line => new Cursor(line.Code)).Select(line => line.ToCommune());
    }

    /// <summary>All of the communes, as they come from the database.</summary>
    public IAsyncEnumerable<CommuneLine> StreamCommunesAsync(CoverageQuery query)
    {
        var filter = new Filter(query);
        return published.Database.SqlQueryRaw<CommuneLine>(Communes(filter, "", ""), [.. filter.Parameters]).AsAsyncEnumerable();
    }

    private async Task<int> CountAsync(CoverageQuery query, CancellationToken cancellationToken)
    {
        var filter = new Filter(query);
        var sql = $"""select count(*)::integer as "Value" from published.commune_coverage c {filter.Where}""";
        return (await published.Database.SqlQueryRaw<int>(sql, [.. filter.Parameters]).ToListAsync(cancellationToken))[0];
    }

    private static string Communes(Filter filter, string from, string limit) =>
        $"""
        with chosen as materialized (select c.* from published.commune_coverage c {filter.Where}),
             page as (select c.* from chosen c {from} order by c.code {limit})
        select c.code as "Code", c.name as "Name", c.state as "State", d.code as "DepartmentCode", d.name as "DepartmentName",
               r.code as "RegionCode", r.name as "RegionName", e.siren as "EpciSiren", e.name as "EpciName", c.population as "Population",
               (select count(*) from chosen)::integer as "Total"
        from page c
        join published.reference_department d on d.code = c.department_code
        join published.reference_region r on r.code = c.region_code
        left join published.reference_epci e on e.siren = c.epci_siren
        order by c.code
        """;

    /// <summary>A query as SQL: conditions on <c>published.commune_coverage c</c>.</summary>
    private sealed class Filter
    {
        private readonly List<string> conditions = [];

        public Filter(CoverageQuery query)
        {
            Restrict("region_code", query.Regions);
            Restrict("department_code", query.Departments);
            Restrict("epci_siren", query.EpciSirens);
            Restrict("state", query.States);
        }

        public string Where => conditions.Count == 0 ? "" : "where " + string.Join(" and ", conditions);

        public List<NpgsqlParameter> Parameters { get; } = [];

        public string Add(object value)
        {
            var name = $"p{Parameters.Count}";
            Parameters.Add(new NpgsqlParameter(name, value));
            return $"@{name}";
        }

        private void Restrict(string column, IReadOnlyList<string>? values)
        {
            if (values is not null)
            {
                conditions.Add($"c.{column} = any ({Add(values.ToArray())})");
            }
        }
    }
}

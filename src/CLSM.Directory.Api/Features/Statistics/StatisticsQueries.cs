using System.Data.Common;
using System.Globalization;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Quality;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CLSM.Directory.Api.Features.Statistics;

/// <summary>Counts councils, all in one statement.</summary>
internal sealed class StatisticsQueries(PublishedDbContext published, ReadOptions reads)
{
    /// <summary>One row a count: what is counted, the code, a name or a second code, and how many councils.</summary>
    private const string Sql =
        """
        , place as materialized (
            -- For each council by itself: "offset 0" keeps it from being looked for in the places of all.
            select p.* from selected s cross join lateral (select * from published.council_place p where p.council_id = s.id offset 0) p
        ), region as (
            select distinct council_id, region_code as code from place
        ), department as (
            select distinct council_id, department_code as code from place
        ), founded as (
            select c.id as council_id, left(d.date ->> 'value', 4) as code
            from selected s join published.council c on c.id = s.id
            cross join lateral (select c.statement #> '{foundation,date}' as date) d
            where d.date ->> 'precision' in ('day', 'month', 'season', 'year', 'circa')
        ), carrier as (
            select distinct o.council_id, o.category as code
            from selected s
            join published.council c on c.id = s.id
            join published.organisation o on o.council_id = c.id
            where o.category is not null and (o.roles @> array['carrier'] or o.id::text = c.statement #>> '{coordination,organisation,id}')
        ), theme as (
            select c.id as council_id, t as code from selected s join published.council c on c.id = s.id, unnest(c.themes) t
            union
            select g.council_id, t from published.working_group g, unnest(g.themes) t where g.council_id in (select id from selected)
        ), body as (
            select distinct b.council_id, b.type as code from published.governance_body b where b.council_id in (select id from selected)
        ), quality as (
            select q.council_id, q.criterion, q.is_met from published.council_quality q where q.council_id in (select id from selected)
        ), score as (
            select council_id, count(*) filter (where is_met) as score from quality group by 1
        ), counted as (
            select 'total' as what, '' as code, '' as name, count(*) as councils from selected
            union all
            select 'status', c.status, '', count(*) from selected s join published.council c on c.id = s.id group by 2
            union all
            select 'region', p.code, r.name, count(*) from region p join published.reference_region r on r.code = p.code group by 2, 3
            union all
            select 'region', '', '', (select count(*) from selected) - count(distinct council_id) from region
            union all
            select 'department', p.code, d.name, count(*) from department p join published.reference_department d on d.code = p.code group by 2, 3
            union all
            select 'department', '', '', (select count(*) from selected) - count(distinct council_id) from department
            union all
            select 'foundation', code, '', count(*) from founded group by 2
            union all
            select 'foundation', '', '', (select count(*) from selected) - count(*) from founded
            union all
            select 'carrier', code, '', count(*) from carrier group by 2
            union all
            select 'carrier', '', '', (select count(*) from selected) - count(distinct council_id) from carrier
            union all
            select 'theme', code, '', count(*) from theme group by 2
            union all
            select 'theme', '', '', (select count(*) from selected) - count(distinct council_id) from theme
            union all
            select 'body', code, '', count(*) from body group by 2
            union all
            select 'body', '', '', (select count(*) from selected) - count(distinct council_id) from body
            union all
            select 'evidence', e.field, e.state, count(*) from published.council_evidence e where e.council_id in (select id from selected) group by 2, 3
            union all
            select 'criterion', criterion, '', count(*) filter (where is_met) from quality group by 2
            union all
            select 'score', score::text, '', count(*) from score group by 2
        )
        select n.what, n.code, n.name, n.councils::integer, s.vintage, s.loaded_at, s.population_year
        from counted n, published.reference_state s
        order by n.what, n.code collate "C", n.name
        """;

    /// <summary>The members whose evidence is counted, in the order of a sheet.</summary>
    private static readonly string[] Fields =
    [
        "name", "aliases", "status", "statusHistory", "territory", "foundation", "foundation.date", "foundation.founders", "coordination", "posts", "means",
        "objectives", "themes", "participation", "frameworks", "website", .. CouncilDocument.PartMembers,
    ];

    public async Task<Statistics> ReadAsync(IQueryable<CouncilRow> councils, CancellationToken cancellationToken)
    {
        await published.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = councils.Select(row => row.Id).CreateDbCommand();
            command.CommandText = $"with selected (id) as materialized (\n{command.CommandText}\n){Sql}";
            await using var reader = await ((NpgsqlCommand)command).ReadAsync(reads.IncludeSandbox, cancellationToken);
            return Compose(await CountsAsync(reader, cancellationToken));
        }
        finally
        {
            await published.Database.CloseConnectionAsync();
        }
    }

    private static async Task<Counts> CountsAsync(DbDataReader reader, CancellationToken cancellationToken)
    {
        var lines = new List<Count>();
        ReferenceVersion? reference = null;
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(new Count(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3)));
            reference ??= new ReferenceVersion
            {
                Vintage = await reader.IsDBNullAsync(4, cancellationToken) ? null : reader.GetInt32(4),
                LoadedAt = reader.GetDateTime(5),
                PopulationYear = await reader.IsDBNullAsync(6, cancellationToken) ? null : reader.GetInt32(6),
            };
        }

        return new Counts(lines.ToLookup(line => line.What), reference!);
    }

    private static Statistics Compose(Counts counts) => new()
    {
        Councils = counts.Total,
        Reference = counts.Reference,
        Regions = counts.By("region"),
        Departments = counts.By("department"),
        Statuses = counts.By("status"),
        FoundationYears = counts.By("foundation"),
        Carriers = counts.By("carrier"),
        Themes = counts.By("theme"),
        BodyTypes = counts.By("body"),
        Evidence = [.. Fields.Select(counts.EvidenceOf)],
        Completeness = counts.Completeness(),
    };

    private sealed record Count(string What, string Code, string Name, int Councils);

    private sealed record Counts(ILookup<string, Count> Lines, ReferenceVersion Reference)
    {
        public int Total => Lines["total"].Single().Councils;

        public StatisticsBreakdown By(string what) => new()
        {
            Items = RowsOf(what),
            Without = Lines[what].SingleOrDefault(line => line.Code.Length == 0)?.Councils ?? 0,
        };

        public EvidenceCounts EvidenceOf(string field)
        {
            var states = Lines["evidence"].Where(line => line.Code == field).ToDictionary(line => line.Name, line => line.Councils, StringComparer.Ordinal);
            return new EvidenceCounts
            {
                Field = field,
                Stated = states.GetValueOrDefault("stated"),
                Inferred = states.GetValueOrDefault("inferred"),
                Mentioned = states.GetValueOrDefault("mentioned"),
                None = states.GetValueOrDefault("none"),
                NotStated = states.GetValueOrDefault("not-stated"),
                Unsaid = states.GetValueOrDefault("unsaid"),
            };
        }

        public CompletenessCounts Completeness()
        {
            var scores = Lines["score"].ToDictionary(line => int.Parse(line.Code, CultureInfo.InvariantCulture), line => line.Councils);
            return new CompletenessCounts
            {
                Maximum = QualityCriteria.Count,
                Mean = scores.Count == 0 ? null : decimal.Round((decimal)scores.Sum(score => score.Key * score.Value) / scores.Values.Sum(), 2),
                Scores = [.. Enumerable.Range(0, QualityCriteria.Count + 1).Select(score => new ScoreCount { Score = score, Councils = scores.GetValueOrDefault(score) })],
                Criteria = RowsOf("criterion"),
            };
        }

        private List<StatisticsRow> RowsOf(string what) =>
        [
            .. Lines[what].Where(line => line.Code.Length > 0)
                .Select(line => new StatisticsRow { Code = line.Code, Name = line.Name.Length == 0 ? null : line.Name, Councils = line.Councils }),
        ];
    }
}

using System.Text.RegularExpressions;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Web.Parameters;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CLSM.Directory.Api.Features.Embedding;

/// <summary>The places of a question: found by what people write, and called what people call them.</summary>
internal sealed partial class PlaceLookup(PublishedDbContext published, TerritoryQueries territories)
{
    private const int Most = 20;

    private static readonly QueryParameter[] Places = [CouncilFilters.Region, CouncilFilters.Department, CouncilFilters.Epci, CouncilFilters.Commune];

    /// <summary>The communes that a name, a postcode or a code may mean, the closest first.</summary>
    public async Task<IReadOnlyList<Commune>> FindAsync(string place, CancellationToken cancellationToken)
    {
        var text = place.Trim();
        var query = Code().IsMatch(text)
            ? new TerritoryQuery { CurrentOnly = true, CodeOrPostcode = text.ToUpperInvariant() }
            : new TerritoryQuery { CurrentOnly = true, Words = text };
        return await territories.FirstAsync<Commune>(TerritoryKind.Commune, query, Most, cancellationToken);
    }

    /// <summary>The places of a question by their names; null where it names none.</summary>
    public async Task<string?> NameAsync(ParsedQuery values, CancellationToken cancellationToken)
    {
        if (Places.All(place => values.GetValues(place.Name) is null))
        {
            return values.GetValue(DistanceFilter.Point.Name);
        }

        var names = await published.Database.SqlQueryRaw<string>(
            """
            select name as "Value" from (
                select 1 as place, r.code, r.name from published.reference_region r where r.code = any (@region)
                union all select 2, d.code, d.name from published.reference_department d where d.code = any (@department)
                union all select 3, e.siren, e.name from published.reference_epci e where e.siren = any (@epci)
                union all (select distinct on (m.code) 4, m.code, m.name from published.reference_commune m where m.code = any (@commune) order by m.code, m.type <> 'commune', m.type)
            ) n order by place, code
            """,
            [.. Places.Select(place => new NpgsqlParameter(place.Name, (values.GetValues(place.Name) ?? []).Distinct().ToArray()))]).ToListAsync(cancellationToken);
        return string.Join(", ", names);
    }

    /// <summary>The départements in which councils are, each with their number.</summary>
    public Task<List<DepartmentCount>> DepartmentsAsync(CancellationToken cancellationToken) => published.Database.SqlQueryRaw<DepartmentCount>(
        """
        select d.code as "Code", d.name as "Name", count(distinct p.council_id)::int as "Councils"
        from published.covered_place p join published.reference_department d on d.code = p.code
        where p.kind = 'department' group by d.code, d.name order by d.code
        """).ToListAsync(cancellationToken);

    [GeneratedRegex("^[0-9](?:[0-9]|[ABab])[0-9]{3}$")]
    private static partial Regex Code();
}

/// <summary>A département with the number of its councils.</summary>
internal sealed record DepartmentCount
{
    public required string Code { get; init; }

    public required string Name { get; init; }

    public required int Councils { get; init; }
}

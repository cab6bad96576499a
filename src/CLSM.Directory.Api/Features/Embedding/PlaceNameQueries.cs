using CLSM.Directory.Api.Database.Contexts;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CLSM.Directory.Api.Features.Embedding;

/// <summary>A département with the number of its councils.</summary>
internal sealed record DepartmentCount
{
    public required string Code { get; init; }

    public required string Name { get; init; }

    public required int Councils { get; init; }
}

/// <summary>Codes of territories, kind by kind.</summary>
internal sealed record TerritoryCodes(string[] Regions, string[] Departments, string[] Epcis, string[] Communes);

/// <summary>Reads the names of the places that a page is about.</summary>
internal sealed class PlaceNameQueries(PublishedDbContext published)
{
    /// <summary>The names of territories: regions first, communes last, each kind by code.</summary>
    public async Task<IReadOnlyList<string>> ReadNamesAsync(TerritoryCodes codes, CancellationToken cancellationToken) =>
        await published.Database.SqlQueryRaw<string>(
            """
            select name as "Value" from (
                select 1 as place, r.code, r.name from published.reference_region r where r.code = any (@regions)
                union all select 2, d.code, d.name from published.reference_department d where d.code = any (@departments)
                union all select 3, e.siren, e.name from published.reference_epci e where e.siren = any (@epcis)
                union all (
                    select distinct on (m.code) 4, m.code, m.name from published.reference_commune m where m.code = any (@communes)
                    order by m.code, m.type <> 'commune', m.type)
            ) n order by place, code
            """,
            new NpgsqlParameter("regions", codes.Regions),
            new NpgsqlParameter("departments", codes.Departments),
            new NpgsqlParameter("epcis", codes.Epcis),
            new NpgsqlParameter("communes", codes.Communes)).ToListAsync(cancellationToken);

    /// <summary>The départements in which councils are, each with their number.</summary>
    public async Task<IReadOnlyList<DepartmentCount>> CountByDepartmentAsync(CancellationToken cancellationToken) =>
        await published.Database.SqlQueryRaw<DepartmentCount>(
            """
            select d.code as "Code", d.name as "Name", count(distinct p.council_id)::int as "Councils"
            from published.covered_place p join published.reference_department d on d.code = p.code
            where p.kind = 'department' group by d.code, d.name order by d.code
            """).ToListAsync(cancellationToken);
}

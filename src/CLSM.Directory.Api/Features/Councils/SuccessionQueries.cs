using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Model.Councils;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace CLSM.Directory.Api.Features.Councils;

/// <summary>Follows the successors and predecessors that councils state.</summary>
internal sealed class SuccessionQueries(PublishedDbContext published)
{
    /// <summary>Those of the codes that a council or its former self had or has.</summary>
    public async Task<IReadOnlyList<string>> FindKnownAsync(IReadOnlyCollection<string> codes, CancellationToken cancellationToken) =>
        await published.CouncilCodes.Where(row => codes.Contains(row.Code)).Select(row => row.Code).ToListAsync(cancellationToken);

    /// <summary>Those of the stated codes by which one comes back to the council.</summary>
    /// <param name="council">The council as it would be.</param>
    /// <param name="id">Its id, where it exists: what it states now is not followed.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<string>> FindLoopsAsync(Council council, Guid? id, CancellationToken cancellationToken) =>
        await published.Database.SqlQueryRaw<string>(
            """
            with recursive own as (
                select @code as code union select k.code from published.council_code k where k.council_id = @id
            ), said as (
                select s.earlier, s.later from published.succession s where s.council_id is distinct from @id
            ), target as (
                -- Each with the stated code that it stands for: a predecessor, or the council itself.
                select null as stated, code from own
                union all
                select p, p from unnest(@predecessors) p
                union all
                select p, other.code
                from unnest(@predecessors) p
                join published.council_code named on named.code = p
                join published.council_code other on other.council_id = named.council_id
            ), after as (
                select s as stated, s as code from unnest(@successors) s
                union
                select null, code from own
                union
                select a.stated, s.later
                from after a
                left join published.council_code named on named.code = a.code
                left join published.council_code other on other.council_id = named.council_id
                join said s on s.earlier = coalesce(other.code, a.code)
            )
            select distinct blamed as "Value"
            from after a
            left join published.council_code named on named.code = a.code
            left join published.council_code other on other.council_id = named.council_id
            join target t on t.code = coalesce(other.code, a.code)
            cross join unnest(array[a.stated, t.stated]) blamed
            where blamed is not null
            """,
            new NpgsqlParameter("code", council.Code),
            new NpgsqlParameter("id", NpgsqlDbType.Uuid) { Value = (object?)id ?? DBNull.Value },
            new NpgsqlParameter("successors", (council.Successors ?? []).ToArray()),
            new NpgsqlParameter("predecessors", (council.Predecessors ?? []).ToArray())).ToListAsync(cancellationToken);
}

using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CLSM.Directory.Api.Features.Councils;

/// <summary>Whether the successors and predecessors that a council states exist, or existed, and whether following them ever ends.</summary>
internal sealed class SuccessionValidator(PublishedDbContext published, FilterResolver filters)
{
    /// <param name="council">The council as it would be.</param>
    /// <param name="id">Its id, where it is there already: what it states now is about to be replaced.</param>
    /// <param name="alongside">Codes of councils that are written together with this one: two of them may name each other.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<ValidationError>> CheckAsync(
        Council council, Guid? id, IReadOnlySet<string> alongside, CancellationToken cancellationToken)
    {
        (string Code, string Pointer)[] stated =
        [
            .. (council.Successors ?? []).Select((code, place) => (code, $"/successors/{place}")),
            .. (council.Predecessors ?? []).Select((code, place) => (code, $"/predecessors/{place}")),
        ];
        if (stated.Length == 0)
        {
            return [];
        }

        var codes = stated.Select(entry => entry.Code).Distinct().ToArray();
        var known = await published.CouncilCodes.Where(row => codes.Contains(row.Code)).Select(row => row.Code).ToListAsync(cancellationToken);
        List<ValidationError> errors = [];
        foreach (var (code, pointer) in stated.Where(entry => !known.Contains(entry.Code) && !alongside.Contains(entry.Code)))
        {
            errors.Add((await filters.UnknownCouncilAsync(code, cancellationToken)).At(pointer));
        }

        return errors.Count > 0 ? errors
            : [.. (await LoopsAsync(council, id, cancellationToken)).Select(code => new ValidationError("succession-loop", [code])
            {
                Pointer = stated.First(entry => entry.Code == code).Pointer,
                Value = code,
            })];
    }

    /// <summary>Those of the stated codes by which one comes back to the council.</summary>
    private async Task<IReadOnlyList<string>> LoopsAsync(Council council, Guid? id, CancellationToken cancellationToken) => await published.Database.SqlQueryRaw<string>(
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
        new NpgsqlParameter("id", NpgsqlTypes.NpgsqlDbType.Uuid) { Value = (object?)id ?? DBNull.Value },
        new NpgsqlParameter("successors", (council.Successors ?? []).ToArray()),
        new NpgsqlParameter("predecessors", (council.Predecessors ?? []).ToArray())).ToListAsync(cancellationToken);
}

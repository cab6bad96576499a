using System.Text.Json;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Web.Paging;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CLSM.Directory.Api.Features.OrganisationGroups;

/// <summary>An official identifier: a scheme, such as <c>siren</c>, and a value.</summary>
internal sealed record OrganisationIdentifier(string Scheme, string Value);

/// <summary>Reads the groups of organisations: one statement a page.</summary>
internal sealed class OrganisationGroupQueries(PublishedDbContext published)
{
    /// <summary>The schemes, each with a column of its name.</summary>
    public static readonly IReadOnlyList<string> Schemes = ["finess", "rna", "siren", "siret"];

    private const string CandidateKeys =
        """
        select n.name_key as key
        from published.organisation_name n join published.organisation o on (o.council_id, o.id) = (n.council_id, n.id)
        where n.name_key in (select same.name_key from published.organisation_name same group by same.name_key having min(same.council_id::text) < max(same.council_id::text))
        group by n.name_key
        having not coalesce(count(o.finess) = count(*) and min(o.finess) = max(o.finess), false)
           and not coalesce(count(o.siret) = count(*) and min(o.siret) = max(o.siret), false)
           and not coalesce(count(o.siren) = count(*) and min(o.siren) = max(o.siren), false)
           and not coalesce(count(o.rna) = count(*) and min(o.rna) = max(o.rna), false)
        """;

    /// <summary>The organisations by identifier.</summary>
    /// <param name="identifiers">Only these; null for all.</param>
    /// <param name="request">Which page.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task<Page<OrganisationGroup>> ListByIdentifierAsync(
        IReadOnlyList<OrganisationIdentifier>? identifiers, PageRequest request, CancellationToken cancellationToken)
    {
        List<NpgsqlParameter> parameters = [];
        List<string> branches = [];
        foreach (var scheme in Schemes)
        {
            var values = identifiers?.Where(identifier => identifier.Scheme == scheme).Select(identifier => identifier.Value).ToArray();
            if (values is { Length: 0 })
            {
                continue;
            }

            var condition = $"o.{scheme} is not null";
            if (values is not null)
            {
                parameters.Add(new NpgsqlParameter(scheme, values));
                condition = $"o.{scheme} = any (@{scheme})";
            }

            branches.Add(
                $"select ('{scheme}:' || o.{scheme}) collate \"C\" as key, o.council_id, o.id from published.organisation o where {condition}");
        }

        var organisations = string.Join(" union all ", branches);
        var page = await ListAsync(
            $"select key from ({organisations}) k group by key",
            $"select council_id, id from ({organisations}) k where k.key = page.key",
            parameters,
            request,
            cancellationToken);
        return page.Select(line => new OrganisationGroup { Identifier = line.Key, Councils = SeatsOf(line) });
    }

    /// <summary>Organisations of different councils with the same name, which no common identifier joins.</summary>
    public async Task<Page<OrganisationCandidates>> ListCandidatesAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var page = await ListAsync(
            CandidateKeys, "select council_id, id from published.organisation_name k where k.name_key = page.key", [], request, cancellationToken);
        return page.Select(line => new OrganisationCandidates { Name = line.Key, Councils = SeatsOf(line) });
    }

    /// <param name="keys">SQL of the keys of all groups.</param>
    /// <param name="members">SQL of the organisations of the group of <c>page.key</c>.</param>
    /// <param name="parameters">Parameters of both.</param>
    /// <param name="request">Which page.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    private async Task<Page<GroupLine>> ListAsync(
        string keys, string members, IReadOnlyList<NpgsqlParameter> parameters, PageRequest request, CancellationToken cancellationToken)
    {
        var sql =
            $"""
            with groups as materialized ({keys}),
                 page as (select key from groups where key > @after order by key limit @limit)
            select page.key as "Key", (select count(*) from groups)::integer as "Total", jsonb_build_object('seats', (
                       select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                                  'council', c.code, 'councilName', c.name, 'councilStatus', c.status, 'id', o.id, 'name', o.name, 'category', o.category,
                                  'roles', o.statement -> 'roles', 'identifiers', o.statement -> 'identifiers',
                                  'namedIn', coalesce((
                                      select jsonb_agg(jsonb_build_object('type', s.type, 'id', s.id, 'name', s.name) order by s.type, s.name, s.id)
                                      from published.organisation_seat s where (s.council_id, s.organisation_id) = (o.council_id, o.id)), '[]')))
                                  order by c.code, o.id)
                       from ({members}) m
                       join published.organisation o on (o.council_id, o.id) = (m.council_id, m.id)
                       join published.council c on c.id = o.council_id))::text as "Seats"
            from page order by page.key
            """;
        NpgsqlParameter[] all =
        [
            .. parameters.Select(parameter => parameter.Clone()),
            new NpgsqlParameter("after", request.After?.Key ?? ""),
            new NpgsqlParameter("limit", request.Fetch),
        ];
        var lines = await published.Database.SqlQueryRaw<GroupLine>(sql, [.. all]).ToListAsync(cancellationToken);
        var total = lines is [var first, ..] ? first.Total
            : request.After is null ? 0
            : await CountAsync(keys, parameters, cancellationToken);
        return request.ToPage(lines, total, line => new Cursor(line.Key));
    }

    private async Task<int> CountAsync(string keys, IReadOnlyList<NpgsqlParameter> parameters, CancellationToken cancellationToken)
    {
        var sql = $"""select count(*)::integer as "Value" from ({keys}) g""";
        return (await published.Database.SqlQueryRaw<int>(sql, [.. parameters.Select(parameter => parameter.Clone())]).ToListAsync(cancellationToken))[0];
    }

    private static IReadOnlyList<OrganisationSeat> SeatsOf(GroupLine line) => JsonSerializer.Deserialize(line.Seats, OrganisationGroupsJsonContext.Instance.OrganisationSeats)!.All;

    /// <summary>A group as the database composes it: one row of a read.</summary>
    private sealed record GroupLine
    {
        public required string Key { get; init; }

        /// <summary>The organisations as JSON.</summary>
        public required string Seats { get; init; }

        public required int Total { get; init; }
    }
}

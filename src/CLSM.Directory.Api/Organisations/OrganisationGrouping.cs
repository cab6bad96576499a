using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Security;
using CLSM.Directory.Api.Statements;
using CLSM.Directory.Api.Web.Paging;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CLSM.Directory.Api.Organisations;

/// <summary>The same organisation in several councils: by its identifiers, and, for administrators, those that may be the same by their names.</summary>
internal static class OrganisationGrouping
{
    private const string Order = "name";

    private static readonly string[] Orders = [Order];

    private static readonly (string Name, PatternKind Kind)[] Schemes =
        [("finess", PatternKind.Finess), ("rna", PatternKind.Rna), ("siren", PatternKind.Siren), ("siret", PatternKind.Siret)];

    private static readonly QueryParameter Identifier = new TextParameter(
        "identifier", 30, "Only the organisations with these official identifiers: `finess:570000000`, `siren:…`, `siret:…` or `rna:…`.")
    {
        IsList = true,
        Pattern = "^(finess|siren|siret|rna):.+$",
        Rule = text => Split(text) is not var (scheme, number) ? new Violation("malformed-identifier", [text]) { Value = text }
            : TextFormat.Of(Schemes.Single(known => known.Name == scheme).Kind).CheckDigits is { } check && !check(number) ? new Violation("wrong-check-digit", [text]) { Value = text }
            : null,
    };

    public static void MapOrganisationGroups(this IEndpointRouteBuilder v1)
    {
        v1.MapGet("/organisations/groups", ListGroupsAsync)
            .WithMetadata(new Operation { Parameters = [Identifier, .. PagingOf(OrganisationGroupsJsonContext.Instance.OrganisationGroup)] })
            .WithName("listOrganisationGroups").WithTags("Organisations")
            .WithSummary("List the organisations of all councils by identifier")
            .WithDescription("Each official identifier once, with the councils, the roles and the bodies in which its organisation sits: in which councils does this hospital sit? In order of identifier. "
                + "Organisations without an identifier are in no group: two are never taken for one by their names.")
            .Produces<Page<OrganisationGroup>>();

        v1.MapGet("/organisations/candidates", ListCandidatesAsync)
            .WithMetadata(new Operation(RequiredScope.Administrator) { Parameters = [.. PagingOf(OrganisationGroupsJsonContext.Instance.OrganisationCandidates)] })
            .WithName("listOrganisationCandidates").WithTags("Organisations")
            .WithSummary("List organisations that may be the same in several councils")
            .WithDescription("Organisations of different councils whose names are the same but for accents, case and punctuation, and which no common identifier joins already: candidates for one. "
                + "Who knows that they are the same states their identifier in each council. Only administrators may read it.")
            .Produces<Page<OrganisationCandidates>>();
    }

    private static Task<IResult> ListGroupsAsync(HttpContext context, PublishedDbContext published, CancellationToken cancellationToken)
    {
        var parameters = new List<NpgsqlParameter>();
        var asked = Operation.Query(context).All(Identifier.Name)?.Select(text => Split(text)!.Value).ToLookup(entry => entry.Scheme, entry => entry.Value);
        var branches = Schemes.Where(scheme => asked is null || asked.Contains(scheme.Name)).Select(scheme =>
        {
            var condition = $"o.{scheme.Name} is not null";
            if (asked is not null)
            {
                parameters.Add(new NpgsqlParameter(scheme.Name, asked[scheme.Name].ToArray()));
                condition = $"o.{scheme.Name} = any (@{scheme.Name})";
            }

            return $"select ('{scheme.Name}:' || o.{scheme.Name}) collate \"C\" as key, o.council_id, o.id from published.organisation o where {condition}";
        });
        return ListAsync(
            context,
            published,
            $"select key from ({string.Join(" union all ", branches)}) k group by key",
            $"select council_id, id from ({string.Join(" union all ", branches)}) k where k.key = page.key",
            parameters,
            [Identifier.Name],
            (key, seats) => new OrganisationGroup { Identifier = key, Councils = seats },
            cancellationToken);
    }

    private static Task<IResult> ListCandidatesAsync(HttpContext context, PublishedDbContext published, CancellationToken cancellationToken) => ListAsync(
        context,
        published,
        """
        select n.name_key as key
        from published.organisation_name n join published.organisation o on (o.council_id, o.id) = (n.council_id, n.id)
        where n.name_key in (select same.name_key from published.organisation_name same group by same.name_key having min(same.council_id::text) < max(same.council_id::text))
        group by n.name_key
        having not coalesce(count(o.finess) = count(*) and min(o.finess) = max(o.finess), false)
           and not coalesce(count(o.siret) = count(*) and min(o.siret) = max(o.siret), false)
           and not coalesce(count(o.siren) = count(*) and min(o.siren) = max(o.siren), false)
           and not coalesce(count(o.rna) = count(*) and min(o.rna) = max(o.rna), false)
        """,
        "select council_id, id from published.organisation_name k where k.name_key = page.key",
        [],
        [],
        (key, seats) => new OrganisationCandidates { Name = key, Councils = seats },
        cancellationToken);

    /// <param name="context">The request.</param>
    /// <param name="published">What is public.</param>
    /// <param name="keys">SQL of the keys of all groups.</param>
    /// <param name="members">SQL of the organisations of the group of <c>page.key</c>.</param>
    /// <param name="parameters">Parameters of both.</param>
    /// <param name="filters">Names of the filters.</param>
    /// <param name="groupOf">The group, by its key and its members.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private static async Task<IResult> ListAsync<T>(
        HttpContext context,
        PublishedDbContext published,
        string keys,
        string members,
        List<NpgsqlParameter> parameters,
        string[] filters,
        Func<string, IReadOnlyList<OrganisationSeat>, T> groupOf,
        CancellationToken cancellationToken)
    {
        var query = Operation.Query(context);
        var (page, refusal) = PageRequest.From(context, query, Orders, filters);
        if (refusal is not null)
        {
            return refusal;
        }

        var head = await published.ChangeLogState.SingleAsync(cancellationToken);
        var tag = EntityTags.OfList(head.Cursor, $"{context.Request.Path}{context.Request.QueryString}", true);
        if (EntityTags.IsHeld(context.Request, tag))
        {
            return new NotModifiedAnswer(tag);
        }

        var total = parameters.ConvertAll(parameter => parameter.Clone());
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
        parameters.AddRange([new NpgsqlParameter("after", page.After?.Key ?? ""), new NpgsqlParameter("limit", page.Limit + 1)]);
        var lines = await published.Database.SqlQueryRaw<OrganisationGroupLine>(sql, [.. parameters]).ToListAsync(cancellationToken);
        var count = lines is [var first, ..] ? first.Total : page.After is null ? 0 : await CountAsync(published, keys, total, cancellationToken);
        var next = lines.Count > page.Limit ? new Cursor(lines[page.Limit - 1].Key, Guid.Empty, Guid.Empty).Write(page.Question) : null;
        return new PageAnswer<T>(
            [.. lines.Take(page.Limit).Select(line => groupOf(line.Key, JsonSerializer.Deserialize(line.Seats, OrganisationGroupsJsonContext.Instance.OrganisationSeats)!.All))],
            new PageInformation { Size = page.Limit, Next = next, Total = count },
            FieldSelection.From(query),
            tag,
            head.At);
    }

    private static async Task<int> CountAsync(PublishedDbContext published, string keys, IEnumerable<NpgsqlParameter> parameters, CancellationToken cancellationToken)
    {
        var sql = $"""select count(*)::integer as "Value" from ({keys}) g""";
        return (await published.Database.SqlQueryRaw<int>(sql, [.. parameters]).ToListAsync(cancellationToken))[0];
    }

    private static (string Scheme, string Value)? Split(string text) =>
        text.Split(':', 2) is [var name, var value] && Schemes.FirstOrDefault(scheme => scheme.Name == name) is { Name: not null } known && TextFormat.Of(known.Kind).Fits(value)
            ? (name, value)
            : null;

    private static IEnumerable<QueryParameter> PagingOf(JsonTypeInfo record) => PageRequest.ParametersFor(record, Orders).Where(parameter => parameter.Name != "sort");
}

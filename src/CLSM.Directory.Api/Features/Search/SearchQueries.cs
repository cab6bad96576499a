using System.Data.Common;
using System.Text.Json;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Tenancy;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace CLSM.Directory.Api.Features.Search;

/// <summary>What of the hits is wanted.</summary>
/// <param name="Councils">Only hits of these councils; null for all.</param>
/// <param name="Types">Only these kinds of hits; null for all.</param>
/// <param name="After">The last hit of the page before.</param>
/// <param name="Fetch">How many hits to read.</param>
internal sealed record SearchScope(IQueryable<Guid>? Councils, IReadOnlyList<string>? Types, SearchPlace? After, int Fetch)
{
    public bool IsFiltered => Councils is not null || Types is not null;
}

/// <summary>Where a hit stands in the order of hits.</summary>
internal sealed record SearchPlace(int Score, Guid Council, string Type, Guid Id);

/// <summary>Searches: page, exact total, facets and version in one statement, of one snapshot.</summary>
internal sealed class SearchQueries(PublishedDbContext published, ReadOptions reads)
{
    private const string Version = $"(select {DataVersion.Sql} from published.reference_state s, published.change_head h)";

    /// <summary>Names weigh most; councils before their parts, since a town's name is sought for its council; a whole name before all.</summary>
    private const string Score =
        """
        round(1000 * (
            case when e.type = 'council' then 1.5 else 1.0 end
                * (ts_rank('{0.02, 0.1, 0.4, 1.0}', e.vector, q.exact) + 0.2 * ts_rank('{0.02, 0.1, 0.4, 1.0}', e.vector, q.sought))
            + case when exists (select from unnest(@names) n where position(E'\n' || n || E'\n' in e.names) > 0)
                   then case when e.type = 'council' then 3.0 else 1.0 end else 0 end
            + case when e.type = 'council' and exists (select from unnest(@names) n where position(E'\n' || n || E'\n' in e.places) > 0) then 2.0 else 0 end
            + case when q.is_for_all then 0 else 10.0 * (select count(*) from unnest(q.clauses) c where e.vector @@ c) end))::integer
        """;

    /// <summary>Changes whenever an answer can: with any change, with the reference, and with the day.</summary>
    public async Task<string> GetVersionAsync(CancellationToken cancellationToken)
    {
        await using var command = await CommandAsync($"select {Version}", cancellationToken);
        return await TextAsync(command, cancellationToken);
    }

    public async Task<SearchRows> FindAsync(SearchQuery question, SearchScope scope, CancellationToken cancellationToken)
    {
        await using var command = await CommandAsync("", cancellationToken);
        command.Parameters.Add(new NpgsqlParameter("clauses", NpgsqlDbType.Jsonb) { Value = JsonSerializer.Serialize(question.Clauses, SearchJsonContext.Instance.IReadOnlyListSearchClause) });
        command.Parameters.Add(new NpgsqlParameter("names", question.Names.ToArray()));
        command.Parameters.Add(new NpgsqlParameter("all", question.IsForAll));
        command.Parameters.Add(new NpgsqlParameter("limit", scope.Fetch));
        var conditions = "";
        if (scope.Types is not null)
        {
            command.Parameters.Add(new NpgsqlParameter("types", scope.Types.ToArray()));
            conditions += " and e.type = any (@types)";
        }

        if (scope.Councils is not null)
        {
            conditions += $" and e.council_id in ({Embedded(scope.Councils, command)})";
        }

        var after = "";
        if (scope.After is { } last)
        {
            command.Parameters.Add(new NpgsqlParameter("score", last.Score));
            command.Parameters.Add(new NpgsqlParameter("council", last.Council));
            command.Parameters.Add(new NpgsqlParameter("type", last.Type));
            command.Parameters.Add(new NpgsqlParameter("id", last.Id));
            after = "where (-h.score, h.council_id, h.type, h.id) > (-@score, @council, @type, @id)";
        }

        command.CommandText =
            $$"""
            with understood as materialized (
                select published.search_clauses(@clauses, true) as clauses, published.search_clauses(@clauses, false) as exact,
                       case when @all then 'and' else 'or' end as operator
            ), question as materialized (
                select u.clauses, @all as is_for_all,
                       published.search_join(u.clauses, u.operator) as sought,
                       published.search_join(u.exact, u.operator) as exact
                from understood u
            ), hits as materialized (
                select e.council_id, e.type, e.id, {{Score}} as score
                from question q join published.search_entry e on e.vector @@ q.sought
                where true{{conditions}}
            ), councils as materialized (
                select h.council_id, count(*) as hits from hits h group by h.council_id
            ), page as materialized (
                select h.*, row_number() over (order by -h.score, h.council_id, h.type, h.id) as place
                from hits h {{after}}
                order by -h.score, h.council_id, h.type, h.id
                limit @limit
            ), shown as materialized (
                select p.*, c.code, c.name, s.statement
                from page p
                join published.council c on c.id = p.council_id
                join published.council_resource s on s.council_id = p.council_id and s.type = p.type and s.id = p.id
            ), text as materialized (
                select s.place as hit, t.place, t.member, t.words
                from shown s cross join lateral published.search_texts(s.type, s.statement) t
                union all
                select s.place, case when m.plain_name = any (@names) then 0 else 1000 end, 'covers', m.name
                from shown s
                join published.coverage v on v.council_id = s.council_id
                join published.reference_commune m on m.code = v.commune_code and m.type in ('commune', 'municipal-arrondissement')
                where s.type = 'council' and m.words @@ published.search_join(published.search_words(@clauses), 'and')
            ), word as (
                select distinct w from (select published.search_plain(string_agg(t.words, ' ')) as words from text t) a, string_to_table(a.words, ' ') w
            )
            select jsonb_build_object(
                'total', (select count(*) from hits),
                'version', {{Version}},
                'rows', coalesce((
                    select jsonb_agg(jsonb_build_object(
                        'type', s.type, 'councilId', s.council_id, 'councilCode', s.code, 'councilName', s.name, 'id', s.id, 'score', s.score,
                        'statement', jsonb_build_object('name', s.statement -> 'name', 'label', s.statement -> 'label', 'person', s.statement -> 'person'),
                        'codes', published.search_codes(s.type, s.statement),
                        'texts', coalesce((select jsonb_agg(jsonb_build_object('member', t.member, 'words', t.words) order by t.place) from text t where t.hit = s.place), '[]'))
                        order by s.place)
                    from shown s), '[]'),
                'found', coalesce((
                    select jsonb_agg(w) from word, (select published.search_join(published.search_words(@clauses), 'or') as sought offset 0) q
                    where (to_tsvector('simple', w) || to_tsvector('french', w)) @@ q.sought), '[]'),
                'facets', jsonb_build_object(
                    'types', coalesce((select jsonb_agg(jsonb_build_object('code', f.type, 'count', f.hits) order by f.hits desc, f.type)
                                       from (select type, count(*) as hits from hits group by type) f), '[]'),
                    'statuses', coalesce((select jsonb_agg(jsonb_build_object('code', f.status, 'count', f.hits) order by f.hits desc, f.status)
                                          from (select c.status, sum(h.hits) as hits from councils h join published.council c on c.id = h.council_id group by 1) f), '[]'),
                    'themes', coalesce((select jsonb_agg(jsonb_build_object('code', f.theme, 'count', f.hits) order by f.hits desc, f.theme)
                                        from (select t as theme, sum(h.hits) as hits
                                              from councils h join published.council c on c.id = h.council_id, unnest(c.themes) t group by 1) f), '[]'),
                    'regions', coalesce((select jsonb_agg(jsonb_build_object('code', f.region, 'label', r.name, 'count', f.hits) order by f.hits desc, f.region)
                                         from (select r as region, sum(h.hits) as hits
                                               from councils h
                                               join published.search_entry e on e.council_id = h.council_id and e.type = 'council' and e.id = h.council_id,
                                               unnest(e.regions) r group by 1) f
                                         join published.reference_region r on r.code = f.region), '[]')))::text
            """;
        return JsonSerializer.Deserialize(await TextAsync(command, cancellationToken), SearchJsonContext.Instance.SearchRows)!;
    }

    /// <summary>Of the words that are sought, those that nobody wrote, each with the written words that look most like it.</summary>
    public async Task<IReadOnlyList<SearchCorrection>> CorrectAsync(SearchQuery question, CancellationToken cancellationToken)
    {
        string[] words = [.. question.Clauses.Where(clause => clause.Codes.Count == 0).SelectMany(clause => clause.All).Where(word => !SearchWords.SaysNothing(word)).Distinct()];
        await using var command = await CommandAsync(
            """
            select w.word, s.word
            from (select w as word from unnest(@words) w
                  where not exists (select from published.search_entry e where e.vector @@ published.search_word(w, w = @last))
                    and numnode(published.search_word(w, false)) > 0) w
            cross join lateral published.search_similar(w.word) s
            """,
            cancellationToken);
        command.Parameters.Add(new NpgsqlParameter("words", words));
        command.Parameters.Add(new NpgsqlParameter("last", question.Clauses is [.., { Prefix: true } last] ? last.All[^1] : ""));
        var similar = new List<(string Word, string Similar)>();
        await using var reader = await command.ReadAsync(reads.IncludeSandbox, cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            similar.Add((reader.GetString(0), reader.GetString(1)));
        }

        return
        [
            .. similar.GroupBy(pair => pair.Word, pair => pair.Similar)
                .Select(group => new SearchCorrection { Word = group.Key, Sought = SearchTypos.Closest(group.Key, group) })
                .Where(correction => correction.Sought.Count > 0),
        ];
    }

    private async Task<string> TextAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ReadAsync(reads.IncludeSandbox, cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetString(0);
    }

    private async Task<NpgsqlCommand> CommandAsync(string sql, CancellationToken cancellationToken)
    {
        await published.Database.OpenConnectionAsync(cancellationToken);
        return new NpgsqlCommand(sql, (NpgsqlConnection)published.Database.GetDbConnection());
    }

    /// <summary>The SQL of a query, to stand within another; its parameters go with it.</summary>
    private static string Embedded(IQueryable<Guid> query, NpgsqlCommand into)
    {
        using var command = query.CreateDbCommand();
        foreach (DbParameter parameter in command.Parameters)
        {
            into.Parameters.Add(((NpgsqlParameter)parameter).Clone());
        }

        return command.CommandText;
    }
}

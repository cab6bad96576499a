using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.PartTypes;
using Npgsql;

namespace CLSM.Directory.Api.Features.Changes;

/// <summary>An entry of the log with its number.</summary>
internal sealed record NumberedChange(long Number, Change Entry);

/// <summary>A stretch of the log, and the end of the log at the same instant.</summary>
/// <param name="Entries">What matches, in order.</param>
/// <param name="HasMore">Something further matches already.</param>
/// <param name="Head">Number of the last change of all that may be seen.</param>
/// <param name="At">When that was.</param>
/// <param name="Unknown">Codes of the question that nothing has or had, by parameter.</param>
internal sealed record ChangeBatch(IReadOnlyList<NumberedChange> Entries, bool HasMore, long Head, DateTime At, IReadOnlyList<(string Parameter, string Code)> Unknown)
{
    /// <summary>Number of the last change, whether it may be seen or not: a cursor may come from another question.</summary>
    public long Last { get; init; } = Head;

    /// <summary>Up to where the log has been looked through.</summary>
    public long Reached => HasMore ? Entries[^1].Number : Head;

    /// <summary>When what is answered last changed.</summary>
    public DateTime ReachedAt => HasMore ? Entries[^1].Entry.At.UtcDateTime : At;
}

/// <summary>
/// Reads the public change log, in one statement and so of one snapshot. Numbers are in commit order: all up to the head are there, and none
/// will come in between. Each value of a filter is followed along its own index, so that what does not match is not looked at.
/// </summary>
internal sealed class ChangeQueries([FromKeyedServices(DataSources.Reader)] NpgsqlDataSource reader, ChangeCursor cursors, PartTypeCatalogue types)
{
    private readonly Dictionary<string, string> paths = types.All.ToDictionary(type => type.Names.Type, type => type.Names.Path, StringComparer.Ordinal);

    public async Task<ChangeBatch> ReadAsync(ChangeQuery question, long after, string pathBase, CancellationToken cancellationToken)
    {
        await using var command = reader.CreateCommand(SqlFor(question));
        Bind(command, question, after);
        await using var rows = await command.ReadAsync(question.IncludeSandbox, cancellationToken);

        var entries = new List<NumberedChange>();
        var (head, last, at, unknown) = (0L, 0L, default(DateTime), new List<(string, string)>());
        while (await rows.ReadAsync(cancellationToken))
        {
            head = rows.GetInt64(0);
            at = rows.GetDateTime(1);
            last = rows.GetInt64(13);
            if (await rows.IsDBNullAsync(4, cancellationToken))
            {
                unknown.AddRange(rows.GetFieldValue<string[]>(2).Select(code => (ChangeQuery.Council.Name, code)));
                unknown.AddRange(rows.GetFieldValue<string[]>(3).Select(code => (ChangeQuery.Region.Name, code)));
                continue;
            }

            var number = rows.GetInt64(4);
            entries.Add(new NumberedChange(number, await EntryAsync(rows, await cursors.WriteAsync(number, cancellationToken), pathBase, cancellationToken)));
        }

        var hasMore = entries.Count > question.Limit;
        return new ChangeBatch(hasMore ? entries[..question.Limit] : entries, hasMore, head, at, unknown) { Last = last };
    }

    /// <summary>The end of the log, with what is in it unseen: a cursor that goes with any question.</summary>
    public async Task<(long Head, DateTime At)> LatestAsync(CancellationToken cancellationToken)
    {
        await using var command = reader.CreateCommand("select last_cursor, at from published.change_head");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return (rows.GetInt64(0), rows.GetDateTime(1));
    }

    private async ValueTask<Change> EntryAsync(NpgsqlDataReader rows, string cursor, string pathBase, CancellationToken cancellationToken)
    {
        var (council, type, id, operation) = (rows.GetString(6), rows.GetString(7), rows.GetGuid(8), rows.GetString(10));
        var isMerged = !await rows.IsDBNullAsync(12, cancellationToken);
        var address = type == ChangeQuery.CouncilType ? (isMerged ? "/document" : "") : $"/{paths[type]}/{id}";
        return new Change
        {
            Cursor = cursor,
            At = rows.GetDateTime(5),
            Council = council,
            Type = type,
            Id = id,
            Version = rows.GetInt32(9),
            Operation = operation,
            Reason = await rows.IsDBNullAsync(11, cancellationToken) ? null : rows.GetString(11),
            Successors = isMerged && rows.GetFieldValue<string[]>(12) is { Length: > 0 } successors ? successors : null,
            Href = operation == "removed" ? null : $"{pathBase}/v1/councils/{council}{address}",
        };
    }

    public static void Bind(NpgsqlCommand command, ChangeQuery question, long after)
    {
        command.Parameters.AddWithValue("after", after);
        command.Parameters.AddWithValue("count", question.Limit + 1);
        command.Parameters.AddWithValue("councils", (question.Councils ?? []).Distinct().ToArray());
        command.Parameters.AddWithValue("regions", (question.Regions ?? []).Distinct().ToArray());
        command.Parameters.AddWithValue("types", (question.Types ?? []).Distinct().ToArray());
    }

    public static string SqlFor(ChangeQuery question) =>
        $"""
        with wanted as materialized (
            {Wanted(question)}
        ), page as materialized (
            select cursor from wanted order by cursor limit @count
        )
        select h.cursor, h.at,
               array(select code from unnest(@councils) code where not exists (select from published.council_code k where k.code = code.code)),
               array(select code from unnest(@regions) code where not exists (select from published.reference_region r where r.code = code.code)),
               c.cursor, c.at, c.council_code, c.type, c.id, c.version, c.operation, c.reason, c.successors, h.last_cursor
        from published.change_head h left join (
            -- One look-up an entry, whatever the planner expects: an entry is found by its number.
            page cross join lateral (select x.* from published.change x where x.cursor = page.cursor offset 0) c) on true
        order by c.cursor
        """;

    private static string Wanted(ChangeQuery question) => question switch
    {
        { Councils: not null } =>
            $"""
            select x.cursor
            from (select distinct k.council_id from published.council_code k where k.code = any (@councils)) f cross join lateral (
                select x.cursor from published.change x
                where x.council_id = f.council_id and x.cursor > @after {(question.Types is null ? "" : "and x.type = any (@types)")}
                  and {(question.Regions is null
                      ? "not x.moved"
                      : "exists (select from published.change_region r where r.cursor = x.cursor and r.region_code = any (@regions) and not coalesce(r.unless_in && @regions, false))")}
                order by x.cursor limit @count) x
            """,
        { Regions: not null } =>
            $"""
            select distinct x.cursor
            from unnest(@regions) f {(question.Types is null ? "" : "cross join unnest(@types) t")} cross join lateral (
                select r.cursor from published.change_region r
                where r.region_code = f and r.cursor > @after and not coalesce(r.unless_in && @regions, false) {(question.Types is null ? "" : "and r.type = t")}
                order by r.cursor limit @count) x
            """,
        { Types: not null } =>
            """
            select x.cursor
            from unnest(@types) f cross join lateral (
                select x.cursor from published.change x where x.type = f and x.cursor > @after and not x.moved order by x.cursor limit @count) x
            """,
        _ => "select x.cursor from published.change x where x.cursor > @after and not x.moved order by x.cursor limit @count",
    };
}

using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.PartTypes;
using Npgsql;

namespace CLSM.Directory.Api.Features.Changes;

/// <summary>An entry of the log with its number.</summary>
internal sealed record NumberedChange(long Number, Change Entry);

/// <summary>A batch of entries of the log, and the end of the log at the same instant.</summary>
/// <param name="Entries">What matches, in order.</param>
/// <param name="HasMore">Whether something further matches already.</param>
/// <param name="Head">Number of the last change of all that the reader may see.</param>
/// <param name="At">When that was.</param>
/// <param name="Unknown">Codes of the query that nothing has or had, by parameter.</param>
internal sealed record ChangeBatch(
    IReadOnlyList<NumberedChange> Entries, bool HasMore, long Head, DateTime At, IReadOnlyList<(string Parameter, string Code)> Unknown)
{
    /// <summary>Number of the last change, whether the reader may see it or not: a cursor may come from another query.</summary>
    public long LogEnd { get; init; } = Head;

    /// <summary>Up to where the log has been read.</summary>
    public long LastCursor => HasMore ? Entries[^1].Number : Head;

    /// <summary>When what is answered last changed.</summary>
    public DateTime LastChangeAt => HasMore ? Entries[^1].Entry.At.UtcDateTime : At;
}

/// <summary>
/// Reads the public change log, in one statement and so of one snapshot. Numbers are in commit order: all up to the head are there, and none
/// will come in between. Each value of a filter is followed along its own index, so that what does not match is not looked at.
/// </summary>
internal sealed class ChangeQueries([FromKeyedServices(DataSources.Reader)] NpgsqlDataSource reader, ChangeCursor cursors, PartTypeCatalogue types)
{
    private readonly Dictionary<string, string> paths = types.All.ToDictionary(type => type.Names.Type, type => type.Names.Path, StringComparer.Ordinal);

    public async Task<ChangeBatch> ReadAsync(ChangeQuery query, long after, string pathBase, CancellationToken cancellationToken)
    {
        await using var command = reader.CreateCommand(SqlFor(query));
        Bind(command, query, after);
        await using var rows = await command.ReadAsync(query.IncludeSandbox, cancellationToken);

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

        var hasMore = entries.Count > query.Limit;
        return new ChangeBatch(hasMore ? entries[..query.Limit] : entries, hasMore, head, at, unknown) { LogEnd = last };
    }

    /// <summary>The end of the log.</summary>
    public Task<ChangeLogState> GetStateAsync(CancellationToken cancellationToken) => ChangeLogQueries.GetStateAsync(reader, cancellationToken);

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

    public static void Bind(NpgsqlCommand command, ChangeQuery query, long after)
    {
        command.Parameters.AddWithValue("after", after);
        command.Parameters.AddWithValue("count", query.Limit + 1);
        command.Parameters.AddWithValue("councils", (query.Councils ?? []).Distinct().ToArray());
        command.Parameters.AddWithValue("regions", (query.Regions ?? []).Distinct().ToArray());
        command.Parameters.AddWithValue("types", (query.Types ?? []).Distinct().ToArray());
    }

    public static string SqlFor(ChangeQuery query) =>
        $"""
        with wanted as materialized (
            {Wanted(query)}
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

    private static string Wanted(ChangeQuery query) => query switch
    {
        { Councils: not null } =>
            $"""
            select x.cursor
            from (select distinct k.council_id from published.council_code k where k.code = any (@councils)) f cross join lateral (
                select x.cursor from published.change x
                where x.council_id = f.council_id and x.cursor > @after {(query.Types is null ? "" : "and x.type = any (@types)")}
                  and {(query.Regions is null
                      ? "not x.moved"
                      : "exists (select from published.change_region r where r.cursor = x.cursor and r.region_code = any (@regions) and not coalesce(r.unless_in && @regions, false))")}
                order by x.cursor limit @count) x
            """,
        { Regions: not null } =>
            $"""
            select distinct x.cursor
            from unnest(@regions) f {(query.Types is null ? "" : "cross join unnest(@types) t")} cross join lateral (
                select r.cursor from published.change_region r
                where r.region_code = f and r.cursor > @after and not coalesce(r.unless_in && @regions, false) {(query.Types is null ? "" : "and r.type = t")}
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

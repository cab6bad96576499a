using CLSM.Directory.Api.Database;
using Npgsql;

namespace CLSM.Directory.Api.StaleResponses;

/// <summary>Where the log of public changes ends, and which councils its entries name.</summary>
/// <param name="Cursor">Number of the last change.</param>
/// <param name="Councils">Codes, present and former, of the councils that changed.</param>
internal sealed record ChangedCouncils(long Cursor, IReadOnlyList<string> Councils);

/// <summary>Reads from the log of public changes which councils changed.</summary>
internal sealed class ChangedCouncilQueries([FromKeyedServices(DataSources.Reader)] NpgsqlDataSource reader)
{
    /// <summary>The councils that changed after a change; none where there are more changes than <paramref name="most"/>.</summary>
    public async Task<ChangedCouncils> ReadAsync(long after, long most, CancellationToken cancellationToken)
    {
        await using var command = reader.CreateCommand(
            """
            with head as (
                select cursor from published.change_head
            ), changed as (
                select c.council_id, c.council_code from published.change c
                where c.cursor > @before and c.cursor <= (select h.cursor from head h) and (select h.cursor from head h) - @before between 0 and @most
            )
            select (select h.cursor from head h),
                   array(
                       select x.council_code from changed x
                       union
                       select k.code from published.council_code k where k.council_id in (select x.council_id from changed x))
            """);
        command.Parameters.Add(new NpgsqlParameter("before", after));
        command.Parameters.Add(new NpgsqlParameter("most", most));
        await using var row = await command.ReadAsync(includeSandbox: true, cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new ChangedCouncils(row.GetInt64(0), row.GetFieldValue<string[]>(1));
    }
}

using CLSM.Directory.Api.Database.Contexts;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CLSM.Directory.Api.Features.Sandbox;

/// <summary>How large the sandbox is.</summary>
/// <param name="Rows">Parts of the kind of which it has most.</param>
/// <param name="Bytes">Length of all its statements.</param>
internal sealed record SandboxSize(int Rows, long? Bytes);

/// <summary>Reads and resets the state of the sandbox.</summary>
internal static class SandboxQueries
{
    public static async Task<SandboxSize> ReadSizeAsync(CouncilDbContext database, CancellationToken cancellationToken) =>
        (await database.Database.SqlQuery<SandboxSize>(
            $"""
            select max(rows)::integer as "Rows", sum(bytes)::bigint as "Bytes"
            from (select case when type = 'council' then 0 else count(*) end as rows, sum(octet_length(statement::text)) as bytes
                  from directory.council_resource where council_id = {SandboxCouncil.Id} group by type) kind
            """).ToListAsync(cancellationToken))[0];

    /// <summary>Removes what is left of the time before the reset; false if another node has reset the sandbox since <paramref name="due"/>.</summary>
    public static async Task<bool> ResetAsync(CouncilDbContext database, DateTimeOffset? due, CancellationToken cancellationToken)
    {
        var instant = due?.UtcDateTime;
        return (await database.Database
            .SqlQuery<bool>($"select directory.reset_sandbox({instant}) as \"Value\"")
            .ToListAsync(cancellationToken))[0];
    }

    /// <summary>When the sandbox was last reset.</summary>
    public static async Task<DateTimeOffset> ReadLastResetAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select directory.sandbox_reset_at()");
        return (DateTime)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}

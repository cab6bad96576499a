using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Sandbox;

/// <summary>How much there may be in the sandbox, checked in each transaction that writes to it.</summary>
internal static class SandboxSize
{
    /// <exception cref="RefusedException">There would be more than may be.</exception>
    public static async Task CheckAsync(CouncilDbContext database, SandboxSettings settings, CancellationToken cancellationToken)
    {
        var size = (await database.Database.SqlQuery<Size>(
            $"""
            select max(rows)::integer as "Rows", sum(bytes)::bigint as "Bytes"
            from (select count(*) as rows, sum(octet_length(statement::text)) as bytes from directory.governance_body where council_id = {SandboxCouncil.Id}
                  union all select count(*), sum(octet_length(statement::text)) from directory.working_group where council_id = {SandboxCouncil.Id}
                  union all select count(*), sum(octet_length(statement::text)) from directory.organisation where council_id = {SandboxCouncil.Id}
                  union all select count(*), sum(octet_length(statement::text)) from directory.contact where council_id = {SandboxCouncil.Id}
                  union all select count(*), sum(octet_length(statement::text)) from directory.event where council_id = {SandboxCouncil.Id}
                  union all select 0, octet_length(statement::text) from directory.council where id = {SandboxCouncil.Id}) part
            """).ToListAsync(cancellationToken))[0];
        if (size.Rows > settings.MostRows || size.Bytes > settings.MostBytes)
        {
            throw new RefusedException(new Refusal(StatusCodes.Status409Conflict, "sandbox-full", settings.MostRows, settings.MostBytes));
        }
    }

    private sealed record Size(int Rows, long? Bytes);
}

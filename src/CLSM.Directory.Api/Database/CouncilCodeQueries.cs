using CLSM.Directory.Api.Database.Contexts;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Database;

/// <summary>Reads the codes of councils in the transaction of a write.</summary>
internal static class CouncilCodeQueries
{
    /// <summary>Whether a council of this id has a code, or had one: a removed council leaves its codes behind.</summary>
    public static Task<bool> HasCodeAsync(CouncilDbContext database, Guid council, CancellationToken cancellationToken) =>
        database.Database
            .SqlQuery<string>($"select code as \"Value\" from directory.council_code where council_id = {council}")
            .AnyAsync(cancellationToken);
}

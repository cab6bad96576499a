using System.CommandLine;
using CLSM.Directory.Api.Database;

namespace CLSM.Directory.Api.CommandLine;

/// <summary>Clears the files of the database of what was erased from it.</summary>
internal sealed class VacuumCommand()
    : DatabaseCommand("vacuum", "Write the tables anew, so that the database's files hold nothing of what was erased (needs ConnectionStrings__Owner on a deployed database).")
{
    protected override async Task<int> RunAsync(DatabaseConnector access, ParseResult arguments, CancellationToken cancellationToken)
    {
        if (access.Database.Owner.Length == 0)
        {
            await Console.Error.WriteLineAsync("ConnectionStrings__Owner is not set.");
            return ExitCode.Refused;
        }

        if (!await DatabaseCompaction.ClearAsync(access.Database.Owner, cancellationToken))
        {
            await Console.Error.WriteLineAsync(
                "The tables are written anew. The write-ahead log still holds what was erased, until it is written over: let clsm_owner begin it anew (deploy/create-database.sql), or do so as an administrator: select pg_switch_wal(); checkpoint;");
            return ExitCode.Refused;
        }

        await Console.Out.WriteLineAsync("The files hold nothing of what was erased. Backups and archived write-ahead logs are another matter: see deploy/.");
        return ExitCode.Done;
    }
}

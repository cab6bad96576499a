using System.CommandLine;
using CLSM.Directory.Api.Features.Imports;

namespace CLSM.Directory.Api.CommandLine;

/// <summary>Brings the schema up to date, as the role that owns it.</summary>
internal sealed class MigrateCommand() : DatabaseCommand("migrate", "Bring the database's schema up to date (needs ConnectionStrings__Owner on a deployed database).")
{
    protected override async Task<int> RunAsync(DatabaseConnector access, ParseResult arguments, CancellationToken cancellationToken)
    {
        if (access.Database.Owner.Length == 0)
        {
            await Console.Error.WriteLineAsync("ConnectionStrings__Owner is not set.");
            return ExitCode.Refused;
        }

        await DatabaseConnector.MigrateAsync(access.Database, cancellationToken);
        using (var service = access.BuildForCommand())
        {
            await service.Services.GetRequiredService<Seeds>().LoadSandboxAsync(cancellationToken);
        }

        await Console.Out.WriteLineAsync("The schema is up to date.");
        return ExitCode.Done;
    }
}

using System.CommandLine;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Features.Sandbox;
using CLSM.Directory.Api.Tenancy;

namespace CLSM.Directory.Api.CommandLine;

/// <summary>The council that is made up, to which anyone may write.</summary>
internal sealed class SandboxCommand : Command
{
    public SandboxCommand()
        : base("sandbox", "The made-up council to which anyone may write.") => Subcommands.Add(new ResetCommand());

    private sealed class ResetCommand() : DatabaseCommand("reset", "Make the sandbox new, as every night.")
    {
        protected override async Task<int> RunAsync(DatabaseConnector access, ParseResult arguments, CancellationToken cancellationToken)
        {
            using var service = access.BuildForCommand();
            try
            {
                await service.Services.GetRequiredService<TenantScope<SandboxReset>>().RunAsync(reset => reset.RunAsync(null, cancellationToken));
            }
            catch (InvalidOperationException exception) when (!DatabaseFailures.IsUnavailable(exception))
            {
                await Console.Error.WriteLineAsync(exception.Message);
                return ExitCode.Refused;
            }

            await Console.Out.WriteLineAsync("The sandbox is new.");
            return ExitCode.Done;
        }
    }
}

using System.CommandLine;
using CLSM.Directory.Api.Documents;

namespace CLSM.Directory.Api.CommandLine;

/// <summary>Takes in council documents: each file all or nothing.</summary>
internal sealed class ImportCommand : DatabaseCommand
{
    private static readonly Argument<FileInfo[]> Files = new("FILE") { Description = "Council documents (JSON).", Arity = ArgumentArity.OneOrMore };

    public ImportCommand()
        : base("import", "Create or replace councils by their documents.")
    {
        Arguments.Add(Files);
        Subcommands.Add(new ImportSheetsCommand());
    }

    protected override async Task<int> RunAsync(DatabaseAccess access, ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var service = DirectoryService.Build(access.Database, []);
        var exitCode = ExitCode.Done;
        foreach (var file in arguments.GetValue(Files)!)
        {
            if (!file.Exists)
            {
                await Console.Error.WriteLineAsync($"{file.Name}: no such file");
                exitCode = ExitCode.Refused;
                continue;
            }

            var (code, outcome, refusal) = await DocumentImport.ImportAsync(service.Services, await File.ReadAllBytesAsync(file.FullName, cancellationToken), cancellationToken);
            if (refusal is null)
            {
                await Console.Out.WriteLineAsync(
                    $"{file.Name}: {code} {(outcome!.IsNew ? "created" : outcome.HasChanged ? "changed" : "unchanged")} ({outcome.Created} created, {outcome.Changed} changed, {outcome.Removed} removed, {outcome.Unchanged} unchanged)");
                continue;
            }

            exitCode = ExitCode.Refused;
            var problem = refusal.ToProblem(file.Name, english: true);
            await Console.Error.WriteLineAsync($"{file.Name}: {problem.Detail}");
            foreach (var error in problem.Errors ?? [])
            {
                await Console.Error.WriteLineAsync($"  {error.Pointer}: {error.Detail}{(error.Closest is null ? "" : $" Closest: {error.Closest}")}");
            }
        }

        return exitCode;
    }
}

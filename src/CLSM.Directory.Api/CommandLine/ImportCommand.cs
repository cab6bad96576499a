using System.CommandLine;
using System.Text.Json;
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
        var files = arguments.GetValue(Files)!;

        // Of two councils that name each other as successor and predecessor, one comes first.
        HashSet<string> alongside = files.Length == 1 ? [] : [.. files.Where(file => file.Exists).Select(CodeOf).OfType<string>()];
        foreach (var file in files)
        {
            if (!file.Exists)
            {
                await Console.Error.WriteLineAsync($"{file.Name}: no such file");
                exitCode = ExitCode.Refused;
                continue;
            }

            var (code, outcome, refusal) = await DocumentImport.ImportAsync(service.Services, await File.ReadAllBytesAsync(file.FullName, cancellationToken), cancellationToken, alongside: alongside);
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

    /// <summary>The code of the council of a file; null where it has none that can be read: its own import says why.</summary>
    private static string? CodeOf(FileInfo file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file.FullName));
            return document.RootElement.ValueKind is JsonValueKind.Object && document.RootElement.TryGetProperty("code", out var code) && code.ValueKind is JsonValueKind.String
                ? code.GetString()
                : null;
        }
        catch (Exception exception) when (exception is JsonException or IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

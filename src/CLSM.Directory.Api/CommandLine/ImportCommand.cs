using System.CommandLine;
using System.Text.Json;
using CLSM.Directory.Api.Features.Councils;
using CLSM.Directory.Api.Features.Imports;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Requests;

namespace CLSM.Directory.Api.CommandLine;

/// <summary>Takes in council documents: each document all or nothing.</summary>
internal sealed class ImportCommand : DatabaseCommand
{
    private static readonly Argument<FileInfo[]> Files = new("FILE") { Description = "Council documents: JSON, one a line (NDJSON), or an export of documents.", Arity = ArgumentArity.OneOrMore };

    public ImportCommand()
        : base("import", "Create or replace councils by their documents.")
    {
        Arguments.Add(Files);
        Subcommands.Add(new ImportSheetsCommand());
    }

    protected override async Task<int> RunAsync(DatabaseConnector access, ParseResult arguments, CancellationToken cancellationToken)
    {
        using var service = access.BuildForCommand();
        var import = service.Services.GetRequiredService<DocumentImport>();
        var exitCode = ExitCode.Done;
        var files = arguments.GetValue(Files)!;

        // Of two councils that name each other as successor and predecessor, one comes first.
        var options = DocumentImport.FromFile with { Alongside = await CodesAsync(files.Where(file => file.Exists), cancellationToken) };
        foreach (var file in files)
        {
            if (!file.Exists)
            {
                await Console.Error.WriteLineAsync($"{file.Name}: no such file");
                exitCode = ExitCode.Refused;
                continue;
            }

            await foreach (var document in DocumentFile.ReadAsync(file, cancellationToken))
            {
                if (!await ImportAsync(import, file.Name, document, options, cancellationToken))
                {
                    exitCode = ExitCode.Refused;
                }
            }
        }

        return exitCode;
    }

    /// <summary>The codes of the councils of the files; what cannot be read has none: its own import says why.</summary>
    private static async Task<HashSet<string>> CodesAsync(IEnumerable<FileInfo> files, CancellationToken cancellationToken)
    {
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            await foreach (var document in DocumentFile.ReadAsync(file, cancellationToken))
            {
                if (!document.IsTooLarge && CodeOf(document.Bytes) is { } code)
                {
                    codes.Add(code);
                }
            }
        }

        return codes;
    }

    private static string? CodeOf(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind is JsonValueKind.Object && document.RootElement.TryGetProperty("code", out var code) && code.ValueKind is JsonValueKind.String
                ? code.GetString()
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task<bool> ImportAsync(
        DocumentImport import, string file, DocumentText document, DocumentWriteOptions options, CancellationToken cancellationToken)
    {
        var place = document.Number is { } number ? $"{file}:{number}" : file;
        var (code, outcome, problem) = document.IsTooLarge
            ? (null, null, new ApiProblem(StatusCodes.Status413PayloadTooLarge, "content-too-large", JsonBodyReader.MaxBytes))
            : await import.ImportAsync(document.Bytes, options, cancellationToken);
        if (problem is null)
        {
            await Console.Out.WriteLineAsync(
                $"{place}: {code} {(outcome!.IsNew ? "created" : outcome.HasChanged ? "changed" : "unchanged")} ({outcome.Created} created, {outcome.Changed} changed, {outcome.Removed} removed, {outcome.Unchanged} unchanged)");
            return true;
        }

        var body = problem.ToProblem(place, english: true);
        await Console.Error.WriteLineAsync($"{place}: {body.Detail}");
        foreach (var error in body.Errors ?? [])
        {
            await Console.Error.WriteLineAsync($"  {error.Pointer}: {error.Detail}{(error.Closest is null ? "" : $" Closest: {error.Closest}")}");
        }

        return false;
    }
}

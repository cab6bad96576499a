using System.CommandLine;
using System.Text.Json;
using CLSM.Directory.Api.Features.Imports;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Importing;
using CLSM.Directory.Importing.Reading;

namespace CLSM.Directory.Api.CommandLine;

/// <summary>Takes in sheets: the report on standard output, one line of JSON a sheet; progress on standard error.</summary>
internal sealed class ImportSheetsCommand : DatabaseCommand
{
    private const int StepWithoutTerminal = 500;

    private static readonly Argument<FileInfo[]> Files = new("FILE") { Description = "Sheets: NDJSON, or CSV where the name ends in .csv.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Do everything and keep nothing." };

    public ImportSheetsCommand()
        : base("sheets", "Create or change councils by sheets, each line by itself.")
    {
        Arguments.Add(Files);
        Options.Add(DryRun);
    }

    protected override async Task<int> RunAsync(DatabaseConnector access, ParseResult arguments, CancellationToken cancellationToken)
    {
        using var service = access.BuildForCommand();
        var scopes = service.Services.GetRequiredService<TenantScope<SheetImporter>>();
        var territories = await service.Services.GetRequiredService<TerritoryNameProvider>().GetAsync(cancellationToken);
        var import = new SheetImport(scopes, territories, TimeProvider.System)
        {
            Mode = arguments.GetValue(DryRun) ? ImportMode.DryRun : ImportMode.Store,
            English = !string.Equals(System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, "fr", StringComparison.Ordinal)
                && Environment.GetEnvironmentVariable("LANG")?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true,
        };
        var exitCode = ExitCode.Done;
        foreach (var file in arguments.GetValue(Files)!)
        {
            if (!file.Exists)
            {
                await Console.Error.WriteLineAsync($"{file.Name}: no such file");
                exitCode = ExitCode.Refused;
                continue;
            }

            var summary = await ImportAsync(import, file, cancellationToken);
            exitCode = summary.Refused > 0 ? ExitCode.Refused : exitCode;
        }

        return exitCode;
    }

    /// <summary>The report is written as it comes, so that a long file needs no more memory than a short one.</summary>
    private static async Task<ImportSummary> ImportAsync(SheetImport import, FileInfo file, CancellationToken cancellationToken)
    {
        var summary = ImportSummary.Empty;
        await using var stream = file.OpenRead();
        var format = file.Extension.Equals(".csv", StringComparison.OrdinalIgnoreCase) ? SheetFormat.Csv : SheetFormat.Ndjson;
        var progress = new Progress(file.Name, file.Length);
        await Console.Out.WriteAsync("{\"items\":[");
        var lines = 0;
        await foreach (var item in import.ImportAsync(stream, format, cancellationToken))
        {
            await Console.Out.WriteAsync($"{(lines++ == 0 ? "\n" : ",\n")}{JsonSerializer.Serialize(item, ImportsJsonContext.Instance.ImportItem)}");
            summary = summary.With(item.Outcome);
            progress.Show(lines, stream.Position);
        }

        await Console.Out.WriteLineAsync($"\n],\"summary\":{JsonSerializer.Serialize(summary, ImportsJsonContext.Instance.ImportSummary)}}}");
        progress.End(lines);
        await Console.Error.WriteLineAsync($"{file.Name}: {summary.Created} created, {summary.Changed} changed, {summary.Unchanged} unchanged, {summary.Refused} refused");
        return summary;
    }

    /// <summary>A bar on a terminal, a plain line now and then elsewhere.</summary>
    private sealed class Progress(string name, long length)
    {
        private const int Width = 30;

        private int shown = -1;

        public void Show(int lines, long position)
        {
            if (Console.IsErrorRedirected)
            {
                if (lines % StepWithoutTerminal == 0)
                {
                    Console.Error.WriteLine($"{name}: {lines} lines");
                }

                return;
            }

            var done = length == 0 ? Width : (int)(position * Width / length);
            if (done != shown || lines % 50 == 0)
            {
                shown = done;
                Console.Error.Write($"\r{name} [{new string('#', done)}{new string('.', Width - done)}] {lines}");
            }
        }

        public void End(int lines)
        {
            if (!Console.IsErrorRedirected)
            {
                Console.Error.WriteLine($"\r{name} [{new string('#', Width)}] {lines}");
            }
        }
    }
}

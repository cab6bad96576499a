using System.CommandLine;
using System.Text.Json.Nodes;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.OpenApi;
using CLSM.Directory.Api.Web.Settings;

namespace CLSM.Directory.Api.CommandLine;

/// <summary>Writes the contract; needs no database.</summary>
internal sealed class OpenApiCommand : Command
{
    private static readonly Option<FileInfo> Output = new("--output") { Description = "File to write to; standard output without it." };

    private static readonly Option<FileInfo> Promises = new("--promises") { Description = "File of what clients rely on: what is new is added; a promise that is no longer kept is an error." };

    public OpenApiCommand()
        : base("openapi", "Write the OpenAPI contract.")
    {
        Options.Add(Output);
        Options.Add(Promises);
        SetAction(RunAsync);
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        const string Nowhere = "Host=127.0.0.1";
        WebApplication service;
        try
        {
            service = DirectoryApplication.Build(new DirectoryDatabase(Nowhere, Nowhere, Nowhere), []);
        }
        catch (InvalidOperationException exception) when (SettingsRegistration.IsWrongSetting(exception))
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCode.Unavailable;
        }

        await using var built = service;
        var contract = await OpenApiSetup.WriteAsync(service, cancellationToken) + "\n";
        if (arguments.GetValue(Output) is { } file)
        {
            await File.WriteAllTextAsync(file.FullName, contract, cancellationToken);
        }
        else
        {
            await Console.Out.WriteAsync(contract);
        }

        return arguments.GetValue(Promises) is { } promises ? await KeepAsync(promises, JsonNode.Parse(contract)!, cancellationToken) : ExitCode.Done;
    }

    private static async Task<int> KeepAsync(FileInfo file, JsonNode contract, CancellationToken cancellationToken)
    {
        var promised = new SortedSet<string>(file.Exists ? await File.ReadAllLinesAsync(file.FullName, cancellationToken) : [], StringComparer.Ordinal);
        var present = CompatibilityBaseline.Of(contract);
        var broken = promised.Count == 0 ? [] : CompatibilityBaseline.Broken(promised, present);
        foreach (var promise in broken)
        {
            await Console.Error.WriteLineAsync($"broken: {promise}");
        }

        if (broken.Count > 0)
        {
            return ExitCode.Refused;
        }

        promised.UnionWith(present);
        await File.WriteAllLinesAsync(file.FullName, promised, cancellationToken);
        return ExitCode.Done;
    }
}

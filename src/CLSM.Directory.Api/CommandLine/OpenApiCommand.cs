using System.CommandLine;
using CLSM.Directory.Api.Contract;
using CLSM.Directory.Api.Persistence;

namespace CLSM.Directory.Api.CommandLine;

/// <summary>Writes the contract; needs no database.</summary>
internal sealed class OpenApiCommand : Command
{
    private static readonly Option<FileInfo> Output = new("--output") { Description = "File to write to; standard output without it." };

    public OpenApiCommand()
        : base("openapi", "Write the OpenAPI contract.")
    {
        Options.Add(Output);
        SetAction(RunAsync);
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        const string Nowhere = "Host=127.0.0.1";
        await using var service = DirectoryService.Build(new DirectoryDatabase(Nowhere, Nowhere, Nowhere), []);
        var contract = await ContractSetup.WriteAsync(service, cancellationToken) + "\n";
        if (arguments.GetValue(Output) is { } file)
        {
            await File.WriteAllTextAsync(file.FullName, contract, cancellationToken);
        }
        else
        {
            await Console.Out.WriteAsync(contract);
        }

        return ExitCode.Done;
    }
}

using System.CommandLine;
using CLSM.Directory.Api.Documents;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.CommandLine;

/// <summary>Writes council documents, one a line, as the public sees them.</summary>
internal sealed class ExportCommand : DatabaseCommand
{
    private static readonly Argument<string[]> Councils = new("COUNCIL") { Description = "Codes of councils; all without any.", Arity = ArgumentArity.ZeroOrMore };

    public ExportCommand()
        : base("export", "Write council documents to standard output, one a line (NDJSON), as the public sees them.") => Arguments.Add(Councils);

    protected override async Task<int> RunAsync(DatabaseAccess access, ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var service = DirectoryService.Build(access.Database, []);
        await using var scope = service.Services.CreateAsyncScope();
        var published = scope.ServiceProvider.GetRequiredService<PublishedDbContext>();
        var wanted = arguments.GetValue(Councils)!;
        var councils = await published.Councils
            .Where(council => wanted.Length == 0 || wanted.Contains(council.Code))
            .OrderBy(council => council.Code)
            .Select(council => new { council.Id, council.Code })
            .ToListAsync(cancellationToken);
        foreach (var council in councils)
        {
            var document = await DocumentReading.ReadAsync(published, council.Id, cancellationToken);
            await Console.Out.WriteLineAsync(StatementJson.Write(document));
        }

        var codes = councils.Select(council => council.Code).ToList();
        var unknown = wanted.Except(codes, StringComparer.Ordinal).ToList();
        foreach (var code in unknown)
        {
            await Console.Error.WriteLineAsync($"There is no council “{code}”.{(Closeness.Closest(code, codes) is { } closest ? $" Closest: {closest}" : "")}");
        }

        return unknown.Count == 0 ? ExitCode.Done : ExitCode.Refused;
    }
}

using System.CommandLine;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Features.Councils;
using CLSM.Directory.Api.Features.Exports;
using CLSM.Directory.Model.Validation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CLSM.Directory.Api.CommandLine;

/// <summary>Writes council documents, one a line, as the public sees them: all of one instant, and what <c>import</c> takes.</summary>
internal sealed class ExportCommand : DatabaseCommand
{
    private static readonly Argument<string[]> Councils = new("COUNCIL") { Description = "Codes of councils; all without any.", Arity = ArgumentArity.ZeroOrMore };

    public ExportCommand()
        : base("export", "Write council documents to standard output, one a line (NDJSON), as the public sees them.") => Arguments.Add(Councils);

    protected override async Task<int> RunAsync(DatabaseConnector access, ParseResult arguments, CancellationToken cancellationToken)
    {
        using var service = access.BuildForCommand();
        await using var scope = service.Services.CreateAsyncScope();
        var published = scope.ServiceProvider.GetRequiredService<PublishedDbContext>();
        var unknown = arguments.GetValue(Councils)!.ToHashSet(StringComparer.Ordinal);
        var wanted = unknown.ToList();
        var options = service.Services.GetRequiredService<IOptions<ExportOptions>>().Value;
        await using var transaction = await SnapshotTransaction.BeginAsync(published, options.MaxDuration, wanted.Count == 0, cancellationToken);
        var rows = wanted.Count == 0 ? published.Councils : published.Councils.Where(council => wanted.Contains(council.Code));
        var documents = service.Services.GetRequiredService<DocumentQueries>();
        await foreach (var document in documents.StreamAsync(rows, cancellationToken))
        {
            await Console.Out.WriteLineAsync(StatementJson.Write(document));
            unknown.Remove(document.Code);
        }

        if (unknown.Count == 0)
        {
            return ExitCode.Done;
        }

        var codes = await published.Councils.Select(council => council.Code).ToListAsync(cancellationToken);
        foreach (var code in unknown)
        {
            await Console.Error.WriteLineAsync($"There is no council “{code}”.{(ClosestMatch.Find(code, codes) is { } closest ? $" Closest: {closest}" : "")}");
        }

        return ExitCode.Refused;
    }
}

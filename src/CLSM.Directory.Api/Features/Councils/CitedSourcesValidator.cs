using CLSM.Directory.Api.Councils;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Parts;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Statements;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Features.Councils;

/// <summary>A source that parts of the council cite cannot be taken away from under them.</summary>
internal static class CitedSourcesValidator
{
    public static async Task<IReadOnlyList<Violation>> CheckAsync(CouncilDbContext database, Guid council, IReadOnlySet<string> sources, CancellationToken cancellationToken)
    {
        var violations = new List<Violation>();
        foreach (var table in database.Parts.All)
        {
            foreach (var row in await table.Rows(database).Where(row => row.CouncilId == council).AsNoTracking().ToListAsync(cancellationToken))
            {
                violations.AddRange(Check(row.ToModel(null), sources));
            }
        }

        return [.. violations.Take(ValidationError.MaxErrors)];
    }

    /// <summary>The sources that a part cites and the council no longer has.</summary>
    public static IEnumerable<Violation> Check(CouncilPart part, IReadOnlySet<string> sources) =>
        (part.Evidence ?? []).Values.Select(evidence => evidence.Source).Append(part.SourceId).OfType<string>().Distinct()
            .Where(source => source != EvidencePatch.CouncilItself && !sources.Contains(source))
            .Select(source => new Violation("source-in-use", [source, part.Title]) { Pointer = "/sources", Value = source });
}

using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Provenance;
using CLSM.Directory.Model.Validation;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Features.Councils;

/// <summary>A source that parts of the council cite cannot be taken away from under them.</summary>
internal static class CitedSourcesValidator
{
    public static async Task<IReadOnlyList<ValidationError>> CheckAsync(CouncilDbContext database, Guid council, IReadOnlySet<string> sources, CancellationToken cancellationToken)
    {
        var errors = new List<ValidationError>();
        foreach (var table in database.Parts.All)
        {
            foreach (var row in await table.Rows(database).Where(row => row.CouncilId == council).AsNoTracking().ToListAsync(cancellationToken))
            {
                errors.AddRange(Check(row.ToModel(null), sources));
            }
        }

        return [.. errors.Take(ValidationError.MaxErrors)];
    }

    /// <summary>The sources that a part cites and the council no longer has.</summary>
    public static IEnumerable<ValidationError> Check(CouncilPart part, IReadOnlySet<string> sources) =>
        (part.Evidence ?? []).Values.Select(evidence => evidence.Source).Append(part.SourceId).OfType<string>().Distinct()
            .Where(source => source != EvidencePatch.CouncilItself && !sources.Contains(source))
            .Select(source => new ValidationError("source-in-use", [source, part.Title]) { Pointer = "/sources", Value = source });
}

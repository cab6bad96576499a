using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Model.Provenance;

/// <summary>Adds the evidence of every member that a source can state, so that nobody has to guess from an absence.</summary>
internal static class EvidenceCompleter
{
    /// <summary>Members that are no statements of a source.</summary>
    private static readonly HashSet<string> NoStatements = new(StringComparer.Ordinal) { "id", "council", "sources", "evidence", "version", "createdAt", "updatedAt" };

    public static EvidenceMap Complete<T>(T resource, JsonTypeInfo<T> record, EvidenceMap? evidence)
        where T : class
    {
        var complete = new EvidenceMap(evidence ?? []);
        var value = JsonSerializer.SerializeToElement(resource, record);
        foreach (var member in JsonShapeValidator.MemberNames(record).Where(member => !NoStatements.Contains(member)))
        {
            var pointer = ValidationError.Segment(member);
            var isThere = value.TryGetProperty(member, out _);
            if (!isThere)
            {
                complete.TryAdd(pointer, new Evidence { State = "not-stated" });
            }
            else if (complete.TryGetValue("", out var whole))
            {
                complete.TryAdd(pointer, whole);
            }
        }

        return complete;
    }
}

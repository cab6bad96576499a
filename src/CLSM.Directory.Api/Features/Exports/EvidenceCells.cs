using CLSM.Directory.Model.Provenance;

namespace CLSM.Directory.Api.Features.Exports;

/// <summary>Cells about the evidence of a resource.</summary>
internal static class EvidenceCells
{
    /// <summary>The pointers of what is concluded rather than stated.</summary>
    public static IEnumerable<string>? Inferred(EvidenceMap? evidence) =>
        evidence?.Where(entry => entry.Value.State == "inferred").Select(entry => entry.Key.Length == 0 ? "/" : entry.Key);
}

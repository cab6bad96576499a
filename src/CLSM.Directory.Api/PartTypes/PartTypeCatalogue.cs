namespace CLSM.Directory.Api.PartTypes;

/// <summary>All kinds of parts that the service is composed of, in the order of a document.</summary>
internal sealed class PartTypeCatalogue(IEnumerable<PartType> types)
{
    public IReadOnlyList<PartType> All { get; } = [.. types];

    /// <summary>The kinds that a council document contains.</summary>
    public IEnumerable<PartType> InDocuments => All.Where(type => type.IsInDocuments);
}

namespace CLSM.Directory.Api.PartTypes;

/// <summary>All kinds of parts that the service is composed of, in the order of a document.</summary>
internal sealed class PartTypeCatalogue(IEnumerable<PartType> types)
{
    /// <summary>The kinds of the product, for what is not composed yet.</summary>
    public static readonly PartTypeCatalogue Standard = new([new GovernanceBodyType(), new WorkingGroupType(), new OrganisationType(), new ContactType(), new EventType()]);

    public IReadOnlyList<PartType> All { get; } = [.. types];

    /// <summary>The kinds that a council document contains.</summary>
    public IEnumerable<PartType> InDocuments => All.Where(type => type.IsInDocuments);

    /// <summary>The members of a document that hold parts.</summary>
    public IReadOnlyList<string> DocumentMembers => [.. InDocuments.Select(type => type.Names.Member)];
}

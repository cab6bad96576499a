namespace CLSM.Directory.Api.PartTypes;

/// <summary>The names of a kind of parts: in addresses, in the change log, and for the reader of the contract.</summary>
/// <param name="Path">Segment of its addresses, such as <c>governance-bodies</c>.</param>
/// <param name="Type">Name in the change log and in history, such as <c>governance-body</c>. Its table has the same name.</param>
/// <param name="Tag">Tag of its operations in the contract.</param>
/// <param name="OneOperation">What the names of operations on one part contain.</param>
/// <param name="ManyOperation">What the names of operations on lists contain.</param>
/// <param name="One">One part, in a sentence.</param>
/// <param name="Many">Several parts, in a sentence.</param>
internal sealed record PartNames(string Path, string Type, string Tag, string OneOperation, string ManyOperation, string One, string Many)
{
    /// <summary>Member of the document that holds the parts; also their name for <c>expand</c>.</summary>
    public required string Member { get; init; }

    /// <summary>What a list of them is good for, for the contract.</summary>
    public required string Purpose { get; init; }

    public string Table => Type.Replace('-', '_');
}

using CLSM.Directory.Api.Documents;
using CLSM.Directory.Api.Parts;

namespace CLSM.Directory.Api.PartTypes;

/// <summary>The member of a council document that holds the parts of one kind.</summary>
internal sealed record DocumentMember<TPart>(
    Func<CouncilDocument, IReadOnlyList<TPart>?> Get, Func<CouncilDocument, IReadOnlyList<TPart>?, CouncilDocument> Set)
    where TPart : CouncilPart;

using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;

namespace CLSM.Directory.Api.PartTypes;

/// <summary>The member of a council document that holds the parts of one kind.</summary>
internal sealed record DocumentMember<TPart>(
    Func<CouncilDocument, IReadOnlyList<TPart>?> Get, Func<CouncilDocument, IReadOnlyList<TPart>?, CouncilDocument> Set)
    where TPart : CouncilPart;

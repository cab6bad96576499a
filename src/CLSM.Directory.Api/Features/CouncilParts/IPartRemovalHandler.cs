using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.PartTypes;

namespace CLSM.Directory.Api.Features.CouncilParts;

/// <summary>
/// Removes parts of a kind for a reason of its own, such as the objection of a person. A feature registers it.
/// All other removals delete the row.
/// </summary>
internal interface IPartRemovalHandler
{
    /// <summary>Whether it removes parts of this kind for this reason.</summary>
    bool Handles(PartType type, string? reason);

    /// <summary>Removes the part in the transaction.</summary>
    Task RemoveAsync(CouncilTransaction transaction, Guid id, CancellationToken cancellationToken);

    /// <summary>Called once the removal is committed.</summary>
    void OnCommitted();
}

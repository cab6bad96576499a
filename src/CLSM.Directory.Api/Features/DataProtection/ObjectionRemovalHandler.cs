using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Features.CouncilParts;
using CLSM.Directory.Api.PartTypes;

namespace CLSM.Directory.Api.Features.DataProtection;

/// <summary>A contact that is removed with the reason <c>objection</c> is withdrawn, as by an objection.</summary>
internal sealed class ObjectionRemovalHandler(ObjectionWriter objections, CompactionService compaction) : IPartRemovalHandler
{
    public bool Handles(PartType type, string? reason) => type is ContactType && reason == ObjectionWriter.Reason;

    public Task RemoveAsync(CouncilTransaction transaction, Guid id, CancellationToken cancellationToken) => objections.WithdrawAsync(transaction, id, cancellationToken);

    public void OnCommitted() => compaction.Request();
}

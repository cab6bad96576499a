using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Parts;
using CLSM.Directory.Api.Persistence;

namespace CLSM.Directory.Api.Objections;

/// <summary>A contact that is removed with the reason <c>objection</c> is withdrawn, as by an objection.</summary>
internal sealed class ObjectionRemoval(ObjectionWriter objections, ErasureFinish finish) : IPartRemovalHandler
{
    public bool Handles(PartType type, string? reason) => type is ContactType && reason == ObjectionWriter.Reason;

    public Task RemoveAsync(CouncilWork work, Guid id, CancellationToken cancellationToken) => objections.WithdrawAsync(work, id, cancellationToken);

    public void OnCommitted() => finish.Ask();
}

namespace CLSM.Directory.Api.Database.Entities;

/// <summary>A code that a council has or had.</summary>
internal sealed class CouncilCodeRow
{
    public string Code { get; init; } = "";

    public Guid CouncilId { get; init; }

    public DateTime Since { get; init; }
}

using CLSM.Directory.Model.Parts;

namespace CLSM.Directory.Api.Database.Entities;

internal sealed class GovernanceBodyRow : PartRow<GovernanceBody>
{
    public string Type { get; private set; } = "";

    public string? Openness { get; private set; }
}

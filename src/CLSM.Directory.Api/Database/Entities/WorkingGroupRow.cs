using CLSM.Directory.Model.Parts;

namespace CLSM.Directory.Api.Database.Entities;

internal sealed class WorkingGroupRow : PartRow<WorkingGroup>
{
    public string Kind { get; private set; } = "";

    public string? Status { get; private set; }

    public List<string> Themes { get; private set; } = [];
}

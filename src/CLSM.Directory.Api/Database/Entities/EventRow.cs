using CLSM.Directory.Model.Parts;

namespace CLSM.Directory.Api.Database.Entities;

internal sealed class EventRow : PartRow<CouncilEvent>
{
    public string Kind { get; private set; } = "";

    public List<string> Themes { get; private set; } = [];
}

using CLSM.Directory.Model.Parts;

namespace CLSM.Directory.Api.Database.Entities;

internal sealed class ContactRow : PartRow<Contact>
{
    public string Function { get; private set; } = "";

    public string Visibility { get; private set; } = "";
}

using CLSM.Directory.Model.Parts;

namespace CLSM.Directory.Api.Database.Entities;

internal sealed class OrganisationRow : PartRow<Organisation>
{
    public string? Category { get; private set; }

    public List<string> Roles { get; private set; } = [];

    public string? Siren { get; private set; }

    public string? Siret { get; private set; }

    public string? Finess { get; private set; }

    public string? Rna { get; private set; }
}

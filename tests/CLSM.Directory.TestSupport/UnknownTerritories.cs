using CLSM.Directory.Importing;

namespace CLSM.Directory.TestSupport;

/// <summary>Knows no territory: names stay labels.</summary>
internal sealed class UnknownTerritories : ITerritoryNames
{
    public IReadOnlyList<TerritoryCandidate> FindCommunes(string name, string? department) => [];

    public IReadOnlyList<TerritoryCandidate> FindEpci(string name, string? department) => [];

    public TerritoryCandidate? FindDepartment(string name) => null;
}

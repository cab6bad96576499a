namespace CLSM.Directory.Importing;

/// <summary>A territory that a name may mean.</summary>
internal sealed record TerritoryCandidate(string Type, string Code, string Name);

/// <summary>Finds territories by the names that people write. Several candidates are all given: none is ever guessed.</summary>
internal interface ITerritoryNames
{
    IReadOnlyList<TerritoryCandidate> FindCommunes(string name, string? department);

    IReadOnlyList<TerritoryCandidate> FindEpci(string name, string? department);

    TerritoryCandidate? FindDepartment(string name);
}

using CLSM.Directory.Api.Geography;
using CLSM.Directory.Importing;

namespace CLSM.Directory.Api.Features.Imports;

/// <summary>The names of the reference that is loaded. What a former commune's name means is the commune that it is in today.</summary>
internal sealed class ReferenceTerritories(TerritoryNames names) : ITerritoryNames
{
    public IReadOnlyList<TerritoryCandidate> FindCommunes(string name, string? department) =>
        [.. names.FindCommunes(name, department)
            .Select(found => found.Type == "former-commune"
                ? new TerritoryCandidate("commune", found.Current.Code, found.Current.Name)
                : new TerritoryCandidate(found.Type, found.Code, found.Name))
            .DistinctBy(candidate => (candidate.Type, candidate.Code))];

    public IReadOnlyList<TerritoryCandidate> FindEpci(string name, string? department) =>
        [.. names.FindEpci(name, department).Select(found => new TerritoryCandidate("epci", found.Siren, found.Name))];

    public TerritoryCandidate? FindDepartment(string name) =>
        names.FindDepartment(name) is { } found ? new TerritoryCandidate("department", found.Code, found.Name) : null;
}

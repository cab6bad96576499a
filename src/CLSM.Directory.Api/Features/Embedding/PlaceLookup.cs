using System.Text.RegularExpressions;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Web.Parameters;

namespace CLSM.Directory.Api.Features.Embedding;

/// <summary>The places of a question: found by what people write, and called what people call them.</summary>
internal sealed partial class PlaceLookup(PlaceNameQueries names, TerritoryQueries territories)
{
    private const int Most = 20;

    private static readonly QueryParameter[] Places = [CouncilFilters.Region, CouncilFilters.Department, CouncilFilters.Epci, CouncilFilters.Commune];

    /// <summary>The communes that a name, a postcode or a code may mean, the closest first.</summary>
    public async Task<IReadOnlyList<Commune>> FindAsync(string place, CancellationToken cancellationToken)
    {
        var text = place.Trim();
        var query = Code().IsMatch(text)
            ? new TerritoryQuery { CurrentOnly = true, CodeOrPostcode = text.ToUpperInvariant() }
            : new TerritoryQuery { CurrentOnly = true, Words = text };
        return await territories.FirstAsync<Commune>(TerritoryKind.Commune, query, Most, cancellationToken);
    }

    /// <summary>The places of a question by their names; null where it names none.</summary>
    public async Task<string?> NameAsync(ParsedQuery values, CancellationToken cancellationToken)
    {
        if (Places.All(place => values.GetValues(place.Name) is null))
        {
            return values.GetValue(DistanceFilter.Point.Name);
        }

        var found = await names.ReadNamesAsync(
            new TerritoryCodes(
                Codes(CouncilFilters.Region), Codes(CouncilFilters.Department), Codes(CouncilFilters.Epci), Codes(CouncilFilters.Commune)),
            cancellationToken);
        return string.Join(", ", found);

        string[] Codes(QueryParameter place) => [.. (values.GetValues(place.Name) ?? []).Distinct()];
    }

    /// <summary>The départements in which councils are, each with their number.</summary>
    public Task<IReadOnlyList<DepartmentCount>> DepartmentsAsync(CancellationToken cancellationToken) =>
        names.CountByDepartmentAsync(cancellationToken);

    [GeneratedRegex("^[0-9](?:[0-9]|[ABab])[0-9]{3}$")]
    private static partial Regex Code();
}

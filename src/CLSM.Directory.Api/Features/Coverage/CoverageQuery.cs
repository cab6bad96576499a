using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Problems;

namespace CLSM.Directory.Api.Features.Coverage;

/// <summary>Of which communes the coverage is read; what is null does not filter.</summary>
internal sealed record CoverageQuery
{
    public static readonly QueryParameter Region = new TextParameter("region", 3, "Only communes of these regions, by their codes.") { IsList = true };
    public static readonly QueryParameter Department = new TextParameter("department", 3, "Only communes of these départements, by their codes.") { IsList = true };
    public static readonly QueryParameter Epci = new TextParameter("epci", 9, "Only communes of these EPCI, by their SIREN.") { IsList = true };
    public static readonly QueryParameter State = new ChoiceParameter(
        "state", ["uncovered", "prefiguration", "partly-covered", "covered"], "uncovered", "Only communes of these states of coverage.")
    { IsList = true };

    /// <summary>The parameters that choose communes by where they are.</summary>
    public static readonly IReadOnlyList<QueryParameter> Places = [Region, Department, Epci];

    public IReadOnlyList<string>? Regions { get; private init; }

    public IReadOnlyList<string>? Departments { get; private init; }

    public IReadOnlyList<string>? EpciSirens { get; private init; }

    public IReadOnlyList<string>? States { get; private init; }

    /// <summary>Communes of all states. The problem is a 422 that names the closest code for each that does not exist.</summary>
    public static async Task<Result<CoverageQuery>> ResolveAsync(ParsedQuery values, TerritoryValidator validator, CancellationToken cancellationToken)
    {
        var query = new CoverageQuery { Regions = values.GetValues(Region.Name), Departments = values.GetValues(Department.Name), EpciSirens = values.GetValues(Epci.Name) };
        IEnumerable<(QueryParameter Parameter, TerritoryKind Kind, IReadOnlyList<string>? Codes)> places =
        [
            (Region, TerritoryKind.Region, query.Regions),
            (Department, TerritoryKind.Department, query.Departments),
            (Epci, TerritoryKind.Epci, query.EpciSirens),
        ];
        List<StatedCode> codes =
        [
            .. places.SelectMany(place => (place.Codes ?? []).Distinct().Select(code => new StatedCode(place.Kind, code, place.Parameter.Name))),
        ];
        var unknown = await validator.CheckAsync(codes, cancellationToken);
        return unknown.Count == 0
            ? query
            : ApiProblem.NothingOfThatCode([.. unknown.Select(error => error with { Parameter = error.Pointer, Pointer = null })]);
    }

    /// <summary>The same, but only communes of the states that are given; uncovered ones where none is.</summary>
    public CoverageQuery WithStates(ParsedQuery values) => this with { States = values.GetValues(State.Name) ?? ["uncovered"] };
}

using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Http;
using Npgsql;

namespace CLSM.Directory.Api.Features.Coverage;

/// <summary>Which communes coverage is asked for, in the words of the national filters.</summary>
internal sealed class CoverageQuery
{
    public static readonly QueryParameter Region = new TextParameter("region", 3, "Only communes of these regions, by their codes.") { IsList = true };
    public static readonly QueryParameter Department = new TextParameter("department", 3, "Only communes of these départements, by their codes.") { IsList = true };
    public static readonly QueryParameter Epci = new TextParameter("epci", 9, "Only communes of these EPCI, by their SIREN.") { IsList = true };
    public static readonly QueryParameter State = new ChoiceParameter(
        "state", ["uncovered", "prefiguration", "partly-covered", "covered"], "uncovered", "Only communes of these states of coverage.")
    { IsList = true };

    private static readonly (QueryParameter Parameter, TerritoryKind Kind, string Column)[] Places =
    [
        (Region, TerritoryKind.Region, "region_code"),
        (Department, TerritoryKind.Department, "department_code"),
        (Epci, TerritoryKind.Epci, "epci_siren"),
    ];

    private readonly List<string> conditions = [];

    private CoverageQuery()
    {
    }

    /// <summary>Conditions on <c>published.commune_coverage</c>, as <c>c</c>.</summary>
    public string Where => conditions.Count == 0 ? "" : "where " + string.Join(" and ", conditions);

    public List<NpgsqlParameter> Parameters { get; } = [];

    /// <summary>The question, or a 422 that names the closest code for each that does not exist.</summary>
    public static async Task<(CoverageQuery Question, Refusal? Refusal)> AskAsync(QueryValues query, TerritoryValidator check, CancellationToken cancellationToken)
    {
        var question = new CoverageQuery();
        List<StatedCode> stated = [];
        foreach (var (parameter, kind, column) in Places)
        {
            if (query.All(parameter.Name) is { } codes)
            {
                stated.AddRange(codes.Distinct().Select(code => new StatedCode(kind, code, parameter.Name)));
                question.conditions.Add($"c.{column} = any ({question.Add(codes.ToArray())})");
            }
        }

        var unknown = await check.CheckAsync(stated, cancellationToken);
        return (question, unknown.Count == 0 ? null : new Refusal(StatusCodes.Status422UnprocessableEntity, unknown[0].Code, [.. unknown[0].Arguments])
        {
            Errors = [.. unknown.Select(violation => violation with { Parameter = violation.Pointer, Pointer = null })],
        });
    }

    /// <summary>Only communes of the states asked for; uncovered ones where none is.</summary>
    public CoverageQuery OfStates(QueryValues query)
    {
        conditions.Add($"c.state = any ({Add((query.All(State.Name) ?? ["uncovered"]).ToArray())})");
        return this;
    }

    public string Add(object value)
    {
        var name = $"p{Parameters.Count}";
        Parameters.Add(new NpgsqlParameter(name, value));
        return $"@{name}";
    }
}

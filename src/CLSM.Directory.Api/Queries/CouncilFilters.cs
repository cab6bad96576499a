using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Api.Queries;

/// <summary>The words about a council, the same on every national collection.</summary>
internal static class CouncilFilters
{
    public static readonly QueryParameter Region = Place("region", "regions", "by its code, such as `44`");

    public static readonly QueryParameter Department = Place("department", "départements", "by its code, such as `57` or `2A`");

    public static readonly QueryParameter Epci = Place("epci", "EPCI", "by its SIREN, such as `200039865`");

    public static readonly QueryParameter Commune = Place("commune", "communes", "by its INSEE code, such as `57463`; former communes count as the one they are in now, and arrondissements are found too");

    public static readonly QueryParameter Council = new TextParameter("council", 80, "Only these councils, by their present or former codes.")
    {
        IsList = true,
        Pattern = TextFormat.Of(PatternKind.CouncilCode).Expression.ToString(),
        Rule = code => TextFormat.Of(PatternKind.CouncilCode) is var format && format.Fits(code)
            ? null
            : new ValidationError(format.Problem, [code]) { Value = code, Closest = format.Mend!(code) },
    };

    private static readonly QueryParameter Carrier = new TextParameter(
        "carrier",
        100,
        "Only councils that an organisation of one of these categories carries: one with the role `carrier`, or the one that employs or houses the coordination. A code of the list `participant-categories`, or an official identifier such as `siren:…`.")
    {
        IsList = true,
        Rule = value => value.Contains(':', StringComparison.Ordinal)
            ? IdentifierQuery.Check(value)
            : new CodeParameter("carrier", "participant-categories", "").Check(value),
    };

    /// <summary>Every word. What a collection's own resources have is left out there.</summary>
    public static readonly IReadOnlyList<CouncilFilter> All =
    [
        Covering(Region, "region"),
        Covering(Department, "department"),
        Covering(Epci, "epci"),
        Covering(Commune, "commune"),
        new(Council, (query, _) =>
        {
            List<Guid> councils = [.. query.Resolved(Council.Name).Select(Guid.Parse)];
            return query.Database.Councils.Where(row => councils.Contains(row.Id)).Select(row => row.Id);
        }),
        CouncilFilter.OfColumn(new CodeParameter("status", "council-statuses", "Only councils with these statuses.") { IsList = true }, values => row => values.Contains(row.Status)),
        CouncilFilter.OfColumn(new CodeParameter("kind", "council-kinds", "Only councils of these kinds.") { IsList = true }, values => row => values.Contains(row.Kind)) with { IsForParts = false },
        Said(new CodeParameter("theme", "themes", "Only councils that work on one of these themes.") { IsList = true }),
        Said(Carrier),
        Said(new CodeParameter("category", "participant-categories", "Only councils in which participants of these categories sit: among those who may take part, in a body, in a group, or as an organisation.") { IsList = true }),
        Said(IdentifierQuery.Parameter),
        Covering(DistanceFilter.Point, "commune"),
    ];

    private static QueryParameter Place(string name, string many, string how) =>
        new TextParameter(name, 20, $"Only councils that cover something in these {many}, whole or in part: each {how}.") { IsList = true };

    /// <summary>Councils that cover something in a place.</summary>
    private static CouncilFilter Covering(QueryParameter parameter, string kind) => new(parameter, (query, _) =>
    {
        var codes = query.Resolved(parameter.Name);
        return query.Database.CoveredPlaces.Where(place => place.Kind == kind && codes.Contains(place.Code)).Select(place => place.CouncilId);
    });

    /// <summary>Councils about which one of the values is said.</summary>
    private static CouncilFilter Said(QueryParameter parameter) => new(parameter, (query, values) =>
        query.Database.Facets.Where(facet => facet.Name == parameter.Name && values.Contains(facet.Value)).Select(facet => facet.CouncilId));
}

using CLSM.Directory.Api.Web.Files;
using CLSM.Directory.Model.Councils;

namespace CLSM.Directory.Api.Features.Exports;

/// <summary>The columns of councils.</summary>
internal static class CouncilColumns
{
    public static readonly IReadOnlyList<ExportColumn<Council>> All =
    [
        ExportColumn<Council>.Text("code", "Code of the council.", council => council.Code),
        ExportColumn<Council>.Text("id", "Id of the council for ever, whatever its code becomes.", council => council.Id?.ToString()),
        ExportColumn<Council>.Text("kind", "Code of the list `council-kinds`.", council => council.Kind),
        ExportColumn<Council>.Text("name", "Full name.", council => council.Name),
        ExportColumn<Council>.Text("shortName", "Short form of the name.", council => council.ShortName),
        ExportColumn<Council>.List("aliases", "Other names.", council => council.Aliases?.Select(alias => alias.Name)),
        ExportColumn<Council>.Text("audience", "Code of the list `audiences`.", council => council.Audience),
        ExportColumn<Council>.Text("status", "Code of the list `council-statuses`.", council => council.Status),
        ExportColumn<Council>.List("successors", "Codes of the councils that took its place.", council => council.Successors),
        ExportColumn<Council>.List("predecessors", "Codes of the councils whose place it took.", council => council.Predecessors),
        ExportColumn<Council>.Text("territory", "The territory in the words of the source.", council => council.Territory?.Label),
        ExportColumn<Council>.List(
            "territoryParts",
            "The parts that the council states, by official code where there is one, as `commune:38185`, else in words.",
            council => council.Territory?.Parts?.Select(part => $"{part.Type}:{part.Code ?? part.Label}")),
        OfPlace("communes", "INSEE codes of the communes that it covers wholly today.", place => place.Communes),
        OfPlace("partlyCoveredCommunes", "INSEE codes of the communes of which it covers a part today.", place => place.PartlyCovered),
        OfPlace("epci", "SIREN of the EPCI of these communes.", place => place.Epci),
        OfPlace("departments", "Codes of the départements of these communes.", place => place.Departments),
        OfPlace("regions", "Codes of the regions of these communes.", place => place.Regions),
        new("population", CellKind.Integer, "Inhabitants of the communes that it covers wholly.", item => item.Place?.Population),
        new("latitude", CellKind.Number, "Latitude of the most populous commune that it covers (WGS 84).", item => item.Place?.Latitude),
        new("longitude", CellKind.Number, "Longitude of the most populous commune that it covers (WGS 84).", item => item.Place?.Longitude),
        ExportColumn<Council>.Text("foundationDate", "When it was founded, as precisely as the source says: `2006`, `2014-03`, `2014-21` (spring)…", council => council.Foundation?.Date?.Value),
        ExportColumn<Council>.Text("foundationPrecision", "Code of the list `date-precisions`.", council => council.Foundation?.Date?.Precision),
        ExportColumn<Council>.List("founders", "Names of the organisations that founded it.", council => council.Foundation?.Founders?.Select(founder => founder.Name)),
        ExportColumn<Council>.Text("purpose", "What it is for.", council => council.Purpose),
        ExportColumn<Council>.List(
            "objectives",
            "Its objectives, each with its title where it has one.",
            council => council.Objectives?.Select(objective => string.Join(" : ", new[] { objective.Title, objective.Text }.OfType<string>()))),
        ExportColumn<Council>.List("domains", "Codes of the list `domains`.", council => council.Domains),
        ExportColumn<Council>.List("themes", "Codes of the list `themes`.", council => council.Themes),
        ExportColumn<Council>.List("participants", "Codes of the list `participant-categories`, each once.", council => council.Participation?.Categories?.Select(category => category.Category).Distinct()),
        ExportColumn<Council>.List("funders", "Names of the organisations that fund it.", council => council.Means?.Funders?.Select(funder => funder.Organisation?.Name)),
        ExportColumn<Council>.Text("coordination", "Name of the organisation that employs or houses the coordination.", council => council.Coordination?.Organisation?.Name),
        ExportColumn<Council>.List("frameworks", "Codes of the list `framework-kinds`.", council => council.Frameworks?.Select(framework => framework.Kind)),
        ExportColumn<Council>.Text("website", "Web site.", council => council.Website),
        ExportColumn<Council>.List("sources", "Addresses, or else titles, of the sources.", council => council.Sources?.Select(source => source.Url ?? source.Title ?? source.Id)),
        ExportColumn<Council>.List("inferred", "JSON Pointers of what is concluded and not stated; `/` is the whole.", council => EvidenceCells.Inferred(council.Evidence)),
        ExportColumn<Council>.Integer("version", "Rises with every change to the council or to anything in it.", council => council.Version),
        ExportColumn<Council>.Instant("createdAt", "When the directory took it in (UTC).", council => council.CreatedAt),
        ExportColumn<Council>.Instant("updatedAt", "When it, or anything in it, last changed (UTC).", council => council.UpdatedAt),
    ];

    private static ExportColumn<Council> OfPlace(string name, string description, Func<ExportedPlace, IReadOnlyList<string>?> codes) =>
        new(name, CellKind.Text, $"{description} {Cells.ListRule}", item => item.Place is { } place ? Cells.Join(codes(place)) : null);
}

using System.Text.Json.Nodes;

namespace CLSM.Directory.Api.Features.Territories;

/// <summary>Territories for the contract: Metz, its EPCI, its département and its region, as they are answered.</summary>
internal static class TerritoryExamples
{
    private const string Council = """{"code":"metz","name":"Conseil Local de Santé Mentale du territoire messin","status":"active","extent":"part"}""";

    private static readonly Dictionary<string, string> Resources = new(StringComparer.Ordinal)
    {
        ["Commune"] =
            """
            {"code":"57463","name":"Metz","type":"commune","department":{"code":"57","name":"Moselle"},"region":{"code":"44","name":"Grand Est"},
             "epci":{"siren":"200039865","name":"Metz Métropole"},"postcodes":["57000","57050","57070"],"population":122572,
             "position":{"latitude":49.11911,"longitude":6.17269,"source":"geonames-place"},
             "councils":[{"code":"metz","name":"Conseil Local de Santé Mentale du territoire messin","status":"active","extent":"whole",
                          "through":[{"type":"commune","code":"57463"},{"type":"epci","code":"200039865"}]}]}
            """,
        ["Epci"] =
            """
            {"siren":"200039865","name":"Metz Métropole","type":"METRO","departments":[{"code":"57","name":"Moselle"}],"communes":46,"population":232612,
             "councils":[{"code":"metz","name":"Conseil Local de Santé Mentale du territoire messin","status":"active","extent":"whole"}]}
            """,
        ["Department"] =
            $$"""{"code":"57","name":"Moselle","region":{"code":"44","name":"Grand Est"},"communes":725,"population":1051309,"councils":[{{Council}}]}""",
        ["Region"] =
            $$"""
            {"code":"44","name":"Grand Est","healthAgency":"ARS Grand Est","departments":[{"code":"57","name":"Moselle"}],
             "communes":5115,"population":5563378,"councils":[{{Council}}]}
            """,
    };

    /// <summary>The value of a path parameter; null where it is no territory's.</summary>
    public static string? Path(string parameter) => parameter switch
    {
        "commune" => "57463",
        "siren" => "200039865",
        "department" => "57",
        "region" => "44",
        _ => null,
    };

    public static string Description(string parameter) => parameter switch
    {
        "commune" => "INSEE code of the commune, present or former.",
        "siren" => "SIREN of the EPCI.",
        "department" => "Code of the département.",
        _ => "Code of the region.",
    };

    /// <summary>The answer of an operation; null where it is not about territories.</summary>
    public static JsonNode? Response(string operationId) => operationId switch
    {
        "getCommune" or "getEpci" or "getDepartment" or "getRegion" => JsonNode.Parse(Resources[operationId["get".Length..]]),
        "listCommunes" or "listDepartments" or "listRegions" => new JsonObject
        {
            ["items"] = new JsonArray(JsonNode.Parse(Resources[operationId["list".Length..^1]])),
            ["page"] = new JsonObject { ["size"] = 50, ["next"] = null, ["total"] = 1 },
        },
        _ => null,
    };
}

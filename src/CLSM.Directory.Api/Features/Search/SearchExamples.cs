namespace CLSM.Directory.Api.Features.Search;

/// <summary>A search for the contract.</summary>
internal static class SearchExamples
{
    public const string Operation = "search";

    public const string Summary = "?q=comité de pilotage Grenoble, on the default data";

    public const string Answer =
        """
        {"items":[{"type":"governance-body","council":{"code":"grenoble","name":"Conseil Local de Santé Mentale (Ville de Grenoble)"},
                   "id":"01a200f2-4efd-740c-9e9d-9ccdfea1c1cb","name":"Comité de pilotage",
                   "href":"/v1/councils/grenoble/governance-bodies/01a200f2-4efd-740c-9e9d-9ccdfea1c1cb","score":1186,
                   "highlights":[{"member":"name","fragments":[{"text":"Comité de pilotage","found":true}]},
                                 {"member":"composition","fragments":[{"text":"Ville de ","found":false},{"text":"Grenoble","found":true}]},
                                 {"member":"type","fragments":[{"text":"Comité de pilotage","found":true}]}]}],
         "page":{"size":50,"next":null,"total":1},
         "interpretation":{"matched":"all"},
         "facets":{"types":[{"code":"governance-body","count":1}],
                   "regions":[{"code":"84","label":"Auvergne-Rhône-Alpes","count":1}],
                   "themes":[{"code":"housing","label":"Logement et habitat","count":1}],
                   "statuses":[{"code":"active","label":"Actif","count":1}]}}
        """;
}

using CLSM.Directory.Api.Geography;

namespace CLSM.Directory.Importing.Tests;

/// <summary>The names of the reference that ships, read from its files as the database has them after the loading.</summary>
internal static class ShippedTerritories
{
    public static TerritoryNames Names { get; } = Read();

    private static TerritoryNames Read()
    {
        var communes = Lines(ReferenceFile.Communes).ToList();
        var current = communes
            .Where(line => line["type"] == "commune")
            .ToDictionary(line => line.Required("code_insee"), PlaceOf, StringComparer.Ordinal);
        var departments = communes
            .Where(line => line["type"] == "commune" && line["epci_siren"] is not null)
            .ToLookup(line => line.Required("epci_siren"), line => line.Required("department_code"), StringComparer.Ordinal);
        return new TerritoryNames(
            communes.Select(line => new CommuneCandidate(
                line.Required("code_insee"), line.Required("name"), TypeOf(line), line.Required("department_code"),
                CurrentOf(line))),
            Lines(ReferenceFile.Epci).Select(line => new EpciCandidate(
                line.Required("siren"), line.Required("name"),
                [.. departments[line.Required("siren")].Distinct().Order(StringComparer.Ordinal)])),
            Lines(ReferenceFile.Departments).Select(line => new Place { Code = line.Required("code"), Name = line.Required("name") }));

        Place CurrentOf(ReferenceLine line) =>
            TypeOf(line) != "municipal-arrondissement" && line["parent_code"] is { } parent && current.TryGetValue(parent, out var place)
                ? place
                : PlaceOf(line);
    }

    private static IEnumerable<ReferenceLine> Lines(ReferenceFile file)
    {
        var source = ReferenceFile.Shipped().Single(source => ReferenceFile.Named(source.FileName) == file);
        using var text = source.OpenText();
        foreach (var line in ReferenceCsv.Read(source.FileName, text, file.Columns))
        {
            yield return line;
        }
    }

    private static Place PlaceOf(ReferenceLine line) => new() { Code = line.Required("code_insee"), Name = line.Required("name") };

    private static string TypeOf(ReferenceLine line) => line.Required("type") switch
    {
        "arrondissement-municipal" => "municipal-arrondissement",
        "commune-deleguee" => "delegated-commune",
        "commune-associee" => "associated-commune",
        "ancienne-commune" => "former-commune",
        var type => type,
    };
}

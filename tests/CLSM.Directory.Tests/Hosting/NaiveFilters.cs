using System.Globalization;
using System.Text.Json.Nodes;
using CLSM.Directory.Api.Database;
using Npgsql;

namespace CLSM.Directory.Tests.Hosting;

/// <summary>A place of the reference, as the naive evaluation needs it.</summary>
internal sealed record NaiveCommune(string Code, string Department, string Region, string? Epci, double? Latitude, double? Longitude);

/// <summary>The filters once more, over whole documents in memory and in the plainest way: what the database answers is compared with it.</summary>
internal sealed class NaiveFilters(IReadOnlyList<JsonNode> documents, IReadOnlyList<NaiveCommune> communes)
{
    public static readonly Dictionary<string, string> Members = new()
    {
        ["governance-bodies"] = "governanceBodies",
        ["working-groups"] = "workingGroups",
        ["organisations"] = "organisations",
        ["contacts"] = "contacts",
        ["events"] = "events",
    };

    public static async Task<IReadOnlyList<NaiveCommune>> CommunesAsync(DirectoryDatabase database)
    {
        await using var connection = new NpgsqlConnection(database.Reader);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "select code, department_code, region_code, epci_siren, latitude::float8, longitude::float8 from published.reference_commune where type = 'commune'", connection);
        await using var reader = await command.ExecuteReaderAsync();
        List<NaiveCommune> read = [];
        while (await reader.ReadAsync())
        {
            read.Add(new NaiveCommune(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader[3] as string, reader[4] as double?, reader[5] as double?));
        }

        return read;
    }

    /// <summary>Ids of what a collection answers to these words.</summary>
    public IReadOnlyList<string> Ids(string collection, IReadOnlyDictionary<string, string[]> words) =>
    [
        .. from document in documents
           from item in collection == "councils" ? [document] : Parts(document, Members[collection])
           where words.All(word => Matches(collection, document, item, word.Key, word.Value, words))
           select item.Text("id"),
    ];

    private bool Matches(string collection, JsonNode council, JsonNode item, string word, string[] values, IReadOnlyDictionary<string, string[]> words) => word switch
    {
        "region" => Covered(council).Any(commune => values.Contains(commune.Region)),
        "department" => Covered(council).Any(commune => values.Contains(commune.Department)),
        "epci" => Covered(council).Any(commune => values.Contains(commune.Epci)),
        "commune" => Covered(council).Any(commune => values.Contains(commune.Code)),
        "near" => Covered(council).Any(commune => Distance(commune, values[0]) <= double.Parse(words["radius"][0], CultureInfo.InvariantCulture)),
        "radius" => true,
        "council" => values.Contains(council.Text("code")),
        "status" => values.Contains((collection == "working-groups" ? item : council)["status"]?.GetValue<string>()),
        "theme" => Texts((collection is "working-groups" or "events" ? item : council)["themes"]).Any(values.Contains),
        "category" => collection == "organisations" ? values.Contains(item["category"]?.GetValue<string>()) : Categories(council).Any(values.Contains),
        "carrier" => Parts(council, "organisations").Where(organisation => Carries(council, organisation)).SelectMany(About).Any(values.Contains),
        "identifier" => (collection == "organisations" ? [item] : Parts(council, "organisations")).SelectMany(Identifiers).Any(values.Contains),
        "missing" => values.Any(member => IsMissing(item, member)),
        "q" => values[0].Split(' ').All(begin => Searched(collection, item).SelectMany(Words).Any(found => found.StartsWith(begin, StringComparison.Ordinal))),
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, null),
    };

    private IEnumerable<NaiveCommune> Covered(JsonNode council) =>
        from part in (council["territory"]?["parts"]?.AsArray() ?? []).OfType<JsonNode>()
        let code = part["code"]?.GetValue<string>()
        from commune in communes
        where part.Text("type") switch { "commune" => commune.Code == code, "epci" => commune.Epci == code, "department" => commune.Department == code, _ => false }
        select commune;

    private static double Distance(NaiveCommune commune, string point)
    {
        if (commune.Latitude is not { } latitude || commune.Longitude is not { } longitude)
        {
            return double.PositiveInfinity;
        }

        var at = point.Split(',').Select(text => double.Parse(text, CultureInfo.InvariantCulture) * Math.PI / 180).ToArray();
        var (north, east) = (latitude * Math.PI / 180, longitude * Math.PI / 180);
        var cosine = (Math.Sin(at[0]) * Math.Sin(north)) + (Math.Cos(at[0]) * Math.Cos(north) * Math.Cos(east - at[1]));
        return 6371.0088 * Math.Acos(Math.Min(1, cosine));
    }

    private static bool Carries(JsonNode council, JsonNode organisation) =>
        Texts(organisation["roles"]).Contains("carrier") || council["coordination"]?["organisation"]?["id"]?.GetValue<string>() == organisation.Text("id");

    private static IEnumerable<string> About(JsonNode organisation) =>
        Identifiers(organisation).Concat(organisation["category"] is { } category ? [category.GetValue<string>()] : []);

    private static IEnumerable<string> Identifiers(JsonNode organisation) =>
        (organisation["identifiers"]?.AsObject() ?? []).Select(identifier => $"{identifier.Key}:{identifier.Value!.GetValue<string>()}");

    private static IEnumerable<string> Categories(JsonNode council) =>
        (council["participation"]?["categories"]?.AsArray() ?? []).OfType<JsonNode>()
            .Concat(Parts(council, "governanceBodies").Concat(Parts(council, "workingGroups")).SelectMany(body => (body["composition"]?.AsArray() ?? []).OfType<JsonNode>()))
            .Concat(Parts(council, "organisations"))
            .Select(entry => entry["category"]?.GetValue<string>()).OfType<string>();

    private static bool IsMissing(JsonNode item, string member) =>
        member.Split('.').Aggregate((JsonNode?)item, (at, name) => at?[name]) is null
        && item["evidence"]?[$"/{member.Replace('.', '/')}"]?.Text("state") != "none" && item["evidence"]?[$"/{member.Split('.')[0]}"]?.Text("state") != "none";

    private static IEnumerable<string> Searched(string collection, JsonNode item) => (collection switch
    {
        "councils" => (IEnumerable<JsonNode?>)[item["name"], item["shortName"], item["purpose"], item["territory"]?["label"], .. In(item, "aliases", "name"), .. In(item, "objectives", "title"), .. In(item, "objectives", "text"), .. item["territory"]?["parts"]?.AsArray().Select(part => part!["label"]) ?? []],
        "governance-bodies" => [item["name"], item["purpose"], .. In(item, "posts", "label"), .. In(item, "composition", "label")],
        "working-groups" => [item["name"], item["purpose"], .. item["outputs"]?.AsArray() ?? [], .. In(item, "composition", "label")],
        "organisations" => [item["name"], item["acronym"], item["address"]?["city"]],
        "contacts" => [item["label"], item["organisation"]?["name"], item["address"]?["city"]],
        _ => [item["name"]],
    }).Select(text => text?.GetValue<string>()).OfType<string>();

    private static IEnumerable<JsonNode?> In(JsonNode item, string list, string member) => (item[list]?.AsArray() ?? []).Select(entry => entry![member]);

    private static IEnumerable<string> Words(string text) => string.Concat(text.ToLowerInvariant().Replace("œ", "oe", StringComparison.Ordinal).Normalize(System.Text.NormalizationForm.FormD)
        .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) is not UnicodeCategory.NonSpacingMark)
        .Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Texts(JsonNode? list) => (list?.AsArray() ?? []).Select(text => text!.GetValue<string>());

    private static IEnumerable<JsonNode> Parts(JsonNode document, string member) => (document[member]?.AsArray() ?? []).OfType<JsonNode>();
}

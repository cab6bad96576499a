using System.Text;
using System.Text.Json;
using CLSM.Directory.Importing.French;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Text;

namespace CLSM.Directory.TestSupport;

/// <summary>
/// Looks for every value of a sheet in what became of it, knowing nothing of how it got there: only that codes, numbers and telephone numbers
/// have another form.
/// </summary>
internal static class SheetValues
{
    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        ["actif"] = "active",
        ["projet"] = "project",
        ["inconnu"] = "unknown",
        ["comite pilotage"] = "steering committee",
        ["assemblee pleniere"] = "plenary assembly",
        ["comite technique"] = "technical committee",
        ["autre"] = "",
        ["oui"] = "",
        ["true"] = "",
        ["non"] = "",
        ["null"] = "",
    };

    public static IReadOnlyList<string> Missing(JsonElement sheet, CouncilDocument document) => Missing(sheet, JsonSerializer.Serialize(document, ModelJsonContext.Instance.CouncilDocument));

    public static IReadOnlyList<string> Missing(JsonElement sheet, params string[] stored)
    {
        var found = string.Join('\n', stored.SelectMany(json =>
        {
            using var body = JsonDocument.Parse(json);
            return Texts(body.RootElement, "").Select(text => Plain(text.Text)).ToList();
        }));
        return [.. Texts(sheet, "").Where(value => !IsIn(value.Text, found)).Select(value => $"{value.Place}: {value.Text}")];
    }

    private static bool IsIn(string text, string found)
    {
        var plain = Plain(text);
        return plain.Length == 0 || found.Contains(plain, StringComparison.Ordinal)
            || (Codes.TryGetValue(plain, out var code) && found.Contains(code, StringComparison.Ordinal))
            || Pieces(text).All(piece => Plain(piece) is var key && (found.Contains(key, StringComparison.Ordinal)
                || FrenchPhoneNumbers.Find(piece) is { Numbers.Count: > 0 } phones && phones.Numbers.All(number => found.Contains(number[1..], StringComparison.Ordinal))
                || decimal.TryParse(piece.Replace("€", "", StringComparison.Ordinal).Replace("%", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture, out var number)
                    && (found.Contains(number.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal) || found.Contains(Plain((number / 100).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)), StringComparison.Ordinal))
                || FrenchDates.Parse(piece) is { } date && found.Contains(Plain(date.Value), StringComparison.Ordinal)));
    }

    private static string[] Pieces(string text) => text.Split(['|', '\n', ';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(piece => piece.Split(" et ", StringSplitOptions.TrimEntries)).ToArray();

    private static IEnumerable<(string Place, string Text)> Texts(JsonElement value, string place) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Texts(member.Value, $"{place}/{member.Name}")),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Texts(item, place + "/-")),
        JsonValueKind.String => [(place, value.GetString()!)],
        JsonValueKind.Number => [(place, value.GetRawText())],
        _ => [],
    };

    private static string Plain(string text) => PlainText.Fold(text.Normalize(NormalizationForm.FormC));
}

using CLSM.Directory.Importing.Reading;
using FsCheck;
using FsCheck.Fluent;

namespace CLSM.Directory.TestSupport;

/// <summary>Sheets as people may fill them in: any words under any key, at any depth.</summary>
internal static class SheetGenerator
{
    public static Gen<string> Sheets()
    {
        var words = Gen.Elements(
            "", " ", "ARS", "Ville de Lyon (DSPE)", "=1+1", "=HYPERLINK(\\\"x\\\")", "en 2006", "31/02/2019", "04 72 10 35 93", "a.b@c.fr", "x@@y", "\\u0000", "\\ud800", "a\\nb|c;d", "😀", "www.x", "http://[", "57G06", "oui", "CLSM (", ")(", "1 000 €",
            "50 %", "é/~", new string('x', 2500), "comité de pilotage", "élus, police et justice", "=", "-", "/", "2A", "Mme Exemple", "12-25 mars 2018", "32-99 mars 2018");
        var scalar = Gen.OneOf(words.Select(word => $"\"{word}\""), Gen.Choose(-5, 3000).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)), Gen.Elements("null", "true", "1e400", "0.5"));
        var names = Gen.Elements(CouncilSheet.Keys.SelectMany(key => key.Value.Append(key.Key)).Append("test inconnu").Append("É~/").Append("nom ").Distinct().ToArray());
        Gen<string> Value(int depth) => depth == 0 ? scalar : Gen.Frequency(
            (4, scalar),
            (2, Gen.ListOf(Value(depth - 1)).Select(items => $"[{string.Join(",", items.Take(5))}]")),
            (2, Object(depth - 1)));
        Gen<string> Object(int depth) => Gen.ListOf(names.SelectMany(name => Value(depth).Select(value => (name, value))))
            .Select(members => $"{{{string.Join(",", members.DistinctBy(member => member.name).Take(8).Select(member => $"\"{member.name}\":{member.value}"))}}}");
        return Gen.Frequency(
            (1, Value(3)),
            (6, Gen.ListOf(names.Where(name => name is not ("id" or "nom")).SelectMany(name => Value(3).Select(value => (name, value))))
                .Select(members => $"{{\"id\":\"test\",\"nom\":\"CLSM de test\"{string.Concat(members.DistinctBy(member => member.name).Select(member => $",\"{member.name}\":{member.value}"))}}}")));
    }
}

using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CLSM.Directory.Model.Text;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Importing.Reading;

/// <summary>A sheet: what people fill in about one council.</summary>
internal sealed partial class CouncilSheet
{
    /// <summary>More values than this are no sheet.</summary>
    public const int MaxValues = 5_000;

    /// <summary>No text of a sheet is longer; a directory is no archive, and what reads the words of a text takes time for each.</summary>
    public const int MaxTextLength = 20_000;

    /// <summary>Values, once the texts that hold several are cut.</summary>
    private const int MaxSegments = 20_000;

    private static readonly SearchValues<char> Separators = SearchValues.Create("|;,\n");

    /// <summary>The keys of a sheet, and those of the objects in it.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Keys = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["id"] = [],
        ["nom"] = [],
        ["alias"] = [],
        ["statut"] = [],
        ["statutConstateEn"] = [],
        ["territoire"] = ["libelle", "communes", "epci", "secteurs", "departement"],
        ["institutionCoordinatrice"] = [],
        ["anneeCreation"] = [],
        ["creationTexte"] = [],
        ["partenairesFondateurs"] = [],
        ["presidence"] = ["fonction", "texte"],
        ["instances"] = ["type", "nom", "role", "frequence", "composition"],
        ["groupes"] = ["nom", "theme", "description"],
        ["axes"] = [],
        ["organisations"] = [],
        ["celluleSituationsComplexes"] = [],
        ["financement"] = ["financeur", "montant", "part", "texte"],
        ["cadres"] = [],
        ["evenements"] = [],
        ["contact"] = ["fonction", "telephone", "email", "adresse"],
        ["siteWeb"] = [],
        ["notes"] = [],
        ["sources"] = ["url", "consulte"],
    };

    private readonly Dictionary<string, Cell> members = new(StringComparer.Ordinal);

    private CouncilSheet(Cell root)
    {
        Root = root;
        Unknown = [.. Resolve(root, Keys.Keys, members)];
    }

    public Cell Root { get; }

    /// <summary>Members that no sheet has, kept and reported.</summary>
    public IReadOnlyList<(string Name, Cell Cell)> Unknown { get; }

    public string Id => this["id"].Text!;

    public string Name => this["nom"].Text!;

    public Cell this[string key] => members.GetValueOrDefault(key);

    /// <summary>The sheet, or everything because of which it is none.</summary>
    public static (CouncilSheet? Sheet, IReadOnlyList<ValidationError> Errors) Read(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Object)
        {
            return (null, [new ValidationError("wrong-type", ["object", value.ValueKind.ToString().ToLowerInvariant()]) { Pointer = "" }]);
        }

        List<ValidationError> errors = [.. Unreadable(value, "").Take(ValidationError.MaxErrors)];
        if (errors.Count > 0)
        {
            return (null, errors);
        }

        var sheet = new CouncilSheet(new Cell(value, ""));
        errors = [.. sheet.Check()];
        return errors.Count == 0 ? (sheet, []) : (null, errors);
    }

    /// <summary>Finds the known keys of an object, whatever their case, accents and hyphens; answers the others.</summary>
    public static IEnumerable<(string Name, Cell Cell)> Resolve(Cell cell, IEnumerable<string> keys, Dictionary<string, Cell> found)
    {
        var byWord = keys.ToDictionary(WordOf, StringComparer.Ordinal);
        var others = new List<(string, Cell)>();
        foreach (var (name, member) in cell.Members().OrderBy(member => byWord.ContainsValue(member.Name) ? 0 : 1))
        {
            if (!byWord.TryGetValue(WordOf(name), out var key) || !found.TryAdd(key, member))
            {
                others.Add((name, member));
            }
        }

        return others;
    }

    /// <summary>A text that a spreadsheet would run.</summary>
    public static bool IsFormula(string text) => Formula().IsMatch(text);

    private static string WordOf(string name) => PlainText.Fold(name).Replace(" ", "", StringComparison.Ordinal);

    private IEnumerable<ValidationError> Check()
    {
        foreach (var key in new[] { "id", "nom" })
        {
            if (this[key].Text is null)
            {
                yield return new ValidationError("missing-property", [key]) { Pointer = $"/{key}", Closest = key == "id" && this["nom"].Text is { } name ? TextFormat.Of(PatternKind.CouncilCode).Mend!(name) : null };
            }
        }

        if (this["id"].Text is { } id && TextFormat.Of(PatternKind.CouncilCode) is var format && !format.Expression.IsMatch(id))
        {
            yield return new ValidationError(format.Problem, [id]) { Pointer = "/id", Value = id, Closest = format.Mend!(id) };
        }

        if (this["nom"].Text is { Length: > 300 } longName)
        {
            yield return new ValidationError("too-long", [300, longName.Length]) { Pointer = "/nom" };
        }

        var leaves = Root.Leaves().Take(MaxValues + 1).ToList();
        if (leaves.Count > MaxValues)
        {
            yield return new ValidationError("too-many-items", [MaxValues, $"> {MaxValues}"]) { Pointer = "" };
        }

        foreach (var leaf in leaves.Where(leaf => leaf.Text!.Length > MaxTextLength).Take(ValidationError.MaxErrors))
        {
            yield return new ValidationError("too-long", [MaxTextLength, leaf.Text!.Length]) { Pointer = leaf.Pointer };
        }

        if (leaves.Sum(leaf => CountSeparators(leaf.Text!)) > MaxSegments)
        {
            yield return new ValidationError("too-many-items", [MaxSegments, $"> {MaxSegments}"]) { Pointer = "" };
        }
    }

    private static int CountSeparators(string text)
    {
        var count = 0;
        for (var rest = text.AsSpan(); rest.IndexOfAny(Separators) is >= 0 and var place; rest = rest[(place + 1)..])
        {
            count++;
        }

        return count;
    }

    private static IEnumerable<ValidationError> Unreadable(JsonElement value, string pointer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    var name = member.Name;
                    if (name.Any(char.IsControl))
                    {
                        yield return new ValidationError("control-character", [(int)name.First(char.IsControl)]) { Pointer = pointer };
                        continue;
                    }

                    foreach (var error in Unreadable(member.Value, pointer + ValidationError.Segment(name)))
                    {
                        yield return error;
                    }
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    foreach (var error in Unreadable(item, $"{pointer}/{index.ToString(CultureInfo.InvariantCulture)}"))
                    {
                        yield return error;
                    }

                    index++;
                }

                break;
            case JsonValueKind.String when UnreadableText(value) is { } error:
                yield return error with { Pointer = pointer };
                break;
        }
    }

    private static ValidationError? UnreadableText(JsonElement value)
    {
        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return new ValidationError("invalid-text", []);
        }

        return !text.IsNormalizable() ? new ValidationError("invalid-text", [])
            : text.FirstOrDefault(letter => char.IsControl(letter) && letter is not ('\n' or '\t' or '\r'), '\uFFFF') is var control and not '\uFFFF' ? new ValidationError("control-character", [(int)control])
            : IsFormula(text) ? new ValidationError("formula", []) { Value = text }
            : null;
    }

    [GeneratedRegex(@"^\s*(?:=\S|[+@-]\s*[A-Za-zÀ-ÿ][\w.]*\s*\(|[+@=-].*[|!]\s*')")]
    private static partial Regex Formula();
}

using System.Text.Json;
using System.Text.RegularExpressions;
using CLSM.Directory.Api.Councils;
using CLSM.Directory.Api.Documents;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Model.Json;
using CLSM.Directory.Api.Model.Text;
using CLSM.Directory.Api.Statements;

namespace CLSM.Directory.Api.Sheets;

/// <summary>The document of a sheet, with what a person should know about the way there.</summary>
internal sealed record MappedSheet(CouncilDocument Document, IReadOnlyList<Violation> Notes, IReadOnlyList<KeptWords> Kept);

/// <summary>
/// Turns a sheet into a council document. What a sheet says in so many words is `stated`; codes that were chosen by its words are `inferred`
/// and say by which; what it does not say is `not-stated`. Whatever found no place is kept as words: the last step walks every value of the
/// sheet and keeps each one that the document does not hold.
/// </summary>
internal sealed partial class SheetMapping
{
    private const int MostReason = 1000;

    private readonly CouncilSheet sheet;
    private readonly ITerritoryNames territories;
    private readonly DateOnly today;
    private readonly List<Violation> notes = [];
    private readonly List<KeptWords> kept = [];
    private readonly HashSet<string> placed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> pieces = new(StringComparer.Ordinal);
    private readonly EvidenceMap evidence = [];
    private readonly OrganisationNames organisations = new();
    private readonly List<ParticipantCategory> categories = [];
    private IReadOnlyList<Source> sources = [];
    private string source = "";

    private SheetMapping(CouncilSheet sheet, ITerritoryNames territories, DateOnly today)
    {
        this.sheet = sheet;
        this.territories = territories;
        this.today = today;
    }

    public static MappedSheet Map(CouncilSheet sheet, ITerritoryNames territories, DateOnly today) => new SheetMapping(sheet, territories, today).Map();

    private MappedSheet Map()
    {
        Place(sheet["id"]);
        KeepUnknown(sheet.Unknown, CouncilSheet.Keys.Keys);
        MapSources();
        CollectOrganisations();
        var status = MapStatus();
        var foundation = MapFoundation();
        var coordination = MapCoordination();
        var (website, links) = MapWebsites();
        var means = MapMeans();
        var document = new CouncilDocument
        {
            Code = sheet.Id,
            Kind = Kind(out var audience),
            Name = sheet.Name,
            Audience = audience,
            Aliases = MapAliases(),
            Status = status,
            StatusHistory = MapStatusHistory(status),
            Territory = MapTerritory(),
            Foundation = foundation,
            Objectives = MapObjectives(),
            Posts = MapPosts(),
            Coordination = coordination,
            Means = means,
            Frameworks = MapFrameworks(),
            Website = website,
            Links = links,
            Sources = sources,
            GovernanceBodies = Some(MapBodies()),
            WorkingGroups = Some(MapGroups()),
            Contacts = Some(MapContacts()),
            Events = Some(MapEvents()),
            Organisations = Some(MapOrganisations()),
        };
        document = document with { Themes = ThemesOf(document), Participation = MapParticipation() };
        MapNotes();
        AddMissing(document);
        document = document with { Evidence = evidence };
        KeepUnplaced(document);
        return new MappedSheet(document with { KeptAsWords = Some(kept) }, notes, kept);
    }

    private Evidence Stated(string? words = null) => new() { State = "stated", Source = source, Reason = words is null ? null : Reason(words) };

    private static Evidence Inferred(string reason) => new() { State = "inferred", Reason = Reason(reason) };

    private static Evidence NotStated => new() { State = "not-stated" };

    private static Evidence ByWords(string words) => Inferred($"Classement de l’annuaire d’après les mots « {words} ».");

    private static string Reason(string text) => text.Length <= MostReason ? text : text[..(MostReason - 1)] + "…";

    private static List<T>? Some<T>(List<T> list) => list.Count == 0 ? null : list;

    private void Note(Violation violation, Cell cell) => notes.Add(violation with { Pointer = cell.Pointer });

    /// <summary>Says that the document holds this value in another form.</summary>
    private void Place(Cell cell) => placed.Add(cell.Piece is null ? cell.Pointer : $"{cell.Pointer}\n{cell.Piece}");

    /// <summary>The text of a cell, where it fits; what does not fit is kept as words by the last step.</summary>
    private static string? Fit(Cell cell, int maximum) => cell.Text is { } text && text.Length <= maximum ? text : null;

    /// <summary>The members of a list; a text that holds several is cut at line ends, bars and semicolons.</summary>
    private List<Cell> List(Cell cell, bool atCommas = false)
    {
        var list = new List<Cell>();
        foreach (var item in cell.Items())
        {
            var isWhole = item.IsObject || item.Text is null || cell.Value.ValueKind is JsonValueKind.Array;
            string[] parts = isWhole ? [] : [.. (atCommas ? CommaSeparators() : Separators()).Split(item.Text!).Select(part => part.Trim()).Where(part => part.Length > 0)];
            if (parts.Length < 2)
            {
                list.Add(item);
                continue;
            }

            pieces[item.Pointer] = [.. parts];
            list.AddRange(parts.Select(part => item with { Piece = part }));
        }

        return list;
    }

    /// <summary>The known members of an object in a list; unknown ones are kept.</summary>
    private Dictionary<string, Cell> Members(Cell cell, string key)
    {
        var found = new Dictionary<string, Cell>(StringComparer.Ordinal);
        KeepUnknown(CouncilSheet.Resolve(cell, CouncilSheet.Keys[key], found), CouncilSheet.Keys[key]);
        return found;
    }

    private void KeepUnknown(IEnumerable<(string Name, Cell Cell)> unknown, IEnumerable<string> keys)
    {
        foreach (var (name, cell) in unknown)
        {
            Note(new Violation("unknown-key", [name]) { Closest = Closeness.Closest(name, keys) }, cell);
            Keep(cell);
        }
    }

    private void Keep(Cell cell)
    {
        foreach (var leaf in cell.Leaves())
        {
            Keep(leaf.Pointer, leaf.Text!);
            Place(leaf);
        }
    }

    private void Keep(string pointer, string text)
    {
        var path = pointer.Length <= 500 ? pointer : pointer[..500];
        path = string.IsNullOrWhiteSpace(path) ? "/" : path;
        for (var start = 0; start < text.Length;)
        {
            var length = Math.Min(20_000, text.Length - start);
            length -= start + length < text.Length && char.IsHighSurrogate(text[start + length - 1]) ? 1 : 0;
            var piece = text.Substring(start, length);
            if (!string.IsNullOrWhiteSpace(piece))
            {
                kept.Add(new KeptWords { Path = path, Text = piece });
            }

            start += length;
        }
    }

    private void MapNotes()
    {
        foreach (var leaf in sheet["notes"].Leaves())
        {
            Keep(leaf.Pointer, leaf.Text!);
            Place(leaf);
        }
    }

    /// <summary>Nothing is dropped: every value that the document does not hold is kept in its own words.</summary>
    private void KeepUnplaced(CouncilDocument document)
    {
        var whole = JsonSerializer.SerializeToElement(document, ModelJsonContext.Instance.CouncilDocument);
        var texts = new Cell(whole, "").Leaves().Select(leaf => PlainText.Fold(leaf.Text!)).ToHashSet(StringComparer.Ordinal);
        var all = string.Join("\n", texts);
        foreach (var leaf in sheet.Root.Leaves())
        {
            foreach (var text in pieces.GetValueOrDefault(leaf.Pointer) ?? [leaf.Text!])
            {
                var key = PlainText.Fold(text);
                if (!placed.Contains(leaf.Pointer) && !placed.Contains($"{leaf.Pointer}\n{text}")
                    && (key.Length == 0 || (!texts.Contains(key) && !all.Contains(key, StringComparison.Ordinal))))
                {
                    Keep(leaf.Pointer, text);
                }
            }
        }
    }

    /// <summary>What a sheet could have said and did not.</summary>
    private void AddMissing(CouncilDocument document)
    {
        (string Pointer, bool IsThere)[] members =
        [
            ("/aliases", document.Aliases is not null), ("/territory", document.Territory is not null), ("/foundation", document.Foundation is not null),
            ("/foundation/date", document.Foundation?.Date is not null || document.Foundation is null), ("/foundation/founders", document.Foundation?.Founders is not null || document.Foundation is null),
            ("/objectives", document.Objectives is not null), ("/participation", document.Participation is not null), ("/means", document.Means is not null),
            ("/posts", document.Posts is not null), ("/coordination", document.Coordination is not null), ("/frameworks", document.Frameworks is not null),
            ("/website", document.Website is not null), ("/statusHistory", document.StatusHistory is not null),
            ("/governanceBodies", document.GovernanceBodies is not null), ("/workingGroups", document.WorkingGroups is not null),
            ("/organisations", document.Organisations is not null), ("/contacts", document.Contacts is not null), ("/events", document.Events is not null),
        ];
        foreach (var (pointer, isThere) in members)
        {
            if (!isThere)
            {
                evidence[pointer] = NotStated;
            }
        }
    }

    private static string? Joined(IEnumerable<Cell> cells, int maximum) => string.Join(" ; ", cells.Select(cell => cell.Text)) is { Length: > 0 } text && text.Length <= maximum ? text : null;

    [GeneratedRegex(@"[|\n;]")]
    private static partial Regex Separators();

    [GeneratedRegex(@"[|\n;,]|\set\s")]
    private static partial Regex CommaSeparators();
}

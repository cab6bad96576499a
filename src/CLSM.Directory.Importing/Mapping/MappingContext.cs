using System.Text.RegularExpressions;
using CLSM.Directory.Importing.French;
using CLSM.Directory.Importing.Reading;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Provenance;
using CLSM.Directory.Model.Text;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Importing.Mapping;

/// <summary>What the mappers of one sheet share: the sheet, what was found so far, and what a person should know.</summary>
internal sealed partial class MappingContext(CouncilSheet sheet, DateOnly today)
{
    private IReadOnlyList<Source> sources = [];

    public CouncilSheet Sheet { get; } = sheet;

    public DateOnly Today { get; } = today;

    public List<ValidationError> Notes { get; } = [];

    public EvidenceMap Evidence { get; } = [];

    public UnmappedText Unmapped { get; } = new();

    public OrganisationNames Organisations { get; } = new();

    public List<ParticipantCategory> Categories { get; } = [];

    /// <summary>The sources of the council. The first is the one that statements name.</summary>
    public IReadOnlyList<Source> Sources
    {
        get => sources;
        set
        {
            sources = value;
            SourceId = value[0].Id;
        }
    }

    public string SourceId { get; private set; } = "";

    public Evidence Stated(string? words = null) =>
        new() { State = "stated", Source = SourceId, Reason = words is null ? null : SheetEvidence.ReasonOf(words) };

    public void Note(ValidationError error, Cell cell) => Notes.Add(error with { Pointer = cell.Pointer });

    /// <summary>The members of a list; a text that holds several is cut at line ends, bars and semicolons.</summary>
    public List<Cell> List(Cell cell, bool atCommas = false)
    {
        var list = new List<Cell>();
        foreach (var item in cell.Items())
        {
            var isWhole = item.IsObject || item.Text is null || cell.Value.ValueKind is System.Text.Json.JsonValueKind.Array;
            string[] parts = isWhole ? [] : [.. (atCommas ? CommaSeparators() : Separators()).Split(item.Text!).Select(part => part.Trim()).Where(part => part.Length > 0)];
            if (parts.Length < 2)
            {
                list.Add(item);
                continue;
            }

            Unmapped.Cut(item, parts);
            list.AddRange(parts.Select(part => item with { Segment = part }));
        }

        return list;
    }

    /// <summary>The names in a list: its texts, and of an object its name or its first text.</summary>
    public IEnumerable<Cell> NamesIn(Cell cell)
    {
        foreach (var item in List(cell))
        {
            var name = !item.IsObject ? item
                : item.Members().FirstOrDefault(member => PlainText.Fold(member.Name) is "nom" or "name" or "libelle").Cell is { Text: not null } named ? named
                : item.Leaves().FirstOrDefault();
            if (name.Text is not null)
            {
                yield return name;
            }
        }
    }

    /// <summary>The known members of an object in a list; unknown ones are kept as text.</summary>
    public Dictionary<string, Cell> Members(Cell cell, string key)
    {
        var found = new Dictionary<string, Cell>(StringComparer.Ordinal);
        KeepUnknown(CouncilSheet.Resolve(cell, CouncilSheet.Keys[key], found), CouncilSheet.Keys[key]);
        return found;
    }

    /// <summary>Notes and keeps members that no sheet has.</summary>
    public void KeepUnknown(IEnumerable<(string Name, Cell Cell)> unknown, IEnumerable<string> keys)
    {
        foreach (var (name, cell) in unknown)
        {
            Note(new ValidationError("unknown-key", [name]) { Closest = ClosestMatch.Find(name, keys) }, cell);
            Unmapped.Keep(cell);
        }
    }

    [GeneratedRegex(@"[|\n;]")]
    private static partial Regex Separators();

    [GeneratedRegex(@"[|\n;,]|\set\s")]
    private static partial Regex CommaSeparators();
}

using System.Text.RegularExpressions;
using CLSM.Directory.Importing.French;
using CLSM.Directory.Importing.Reading;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Provenance;

namespace CLSM.Directory.Importing.Mapping;

/// <summary>Working groups.</summary>
internal sealed partial class GroupMapper(MappingContext context)
{
    public List<WorkingGroup> Map()
    {
        var groups = new List<WorkingGroup>();
        foreach (var cell in context.List(context.Sheet["groupes"]))
        {
            var known = cell.IsObject ? context.Members(cell, "groupes") : new Dictionary<string, Cell> { ["nom"] = cell };
            var (theme, description) = (known.GetValueOrDefault("theme"), known.GetValueOrDefault("description"));
            var nameCell = known.TryGetValue("nom", out var named) && named.Text is not null ? named : theme;
            if (nameCell.TextWithin(300) is not { } name || groups.Count >= 500)
            {
                continue;
            }

            var themeWords = Cell.Join(theme.Leaves(), 900);
            var themes = themeWords is null ? [] : FrenchVocabulary.ThemesOf(themeWords);
            var words = themes.Count > 0 ? themeWords! : name;
            themes = themes.Count > 0 ? themes : FrenchVocabulary.ThemesOf(name);
            var purpose = Cell.Join(description.Leaves(), 10_000);
            var about = new EvidenceMap { [""] = purpose is null && themes.Count == 0 ? new Evidence { State = "mentioned", Source = context.SourceId } : context.Stated() };
            about["/themes"] = themes.Count > 0 ? SheetEvidence.ByWords(words) : SheetEvidence.NotStated;
            about["/kind"] = SheetEvidence.ByWords(name);
            foreach (var pointer in new[] { "/leads", "/outputs", "/status", "/composition", "/openness", "/typicalSize" })
            {
                about[pointer] = SheetEvidence.NotStated;
            }

            if (purpose is null)
            {
                about["/purpose"] = SheetEvidence.NotStated;
            }

            var group = new WorkingGroup { Kind = ClassOfGroups().IsMatch(name) ? "class" : "group", Name = name, Purpose = purpose, Themes = themes.ToList().NullIfEmpty(), Evidence = about };
            if (!groups.Exists(other => other.NaturalKey == group.NaturalKey))
            {
                groups.Add(group);
            }
        }

        return groups;
    }

    [GeneratedRegex(@"^(?:les |des )?groupes\s", RegexOptions.IgnoreCase)]
    private static partial Regex ClassOfGroups();
}

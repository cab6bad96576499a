using System.Text.RegularExpressions;
using CLSM.Directory.Importing.Reading;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Importing.Mapping;

/// <summary>Where a council works.</summary>
internal sealed partial class TerritoryMapper(MappingContext context, ITerritoryNames territories)
{
    public Territory? Map()
    {
        var cell = context.Sheet["territoire"];
        var known = cell.IsObject ? context.Members(cell, "territoire") : new Dictionary<string, Cell> { ["libelle"] = cell };
        var label = Cell.Join(known.GetValueOrDefault("libelle").Leaves(), 500);
        var departments = new List<string>();
        foreach (var item in context.List(known.GetValueOrDefault("departement"), atCommas: true))
        {
            var code = item.Text is not { } text ? null
                : DepartmentCode().Match(text.ToUpperInvariant()) is { Success: true } match ? match.Groups[1].Value.PadLeft(2, '0')
                : territories.FindDepartment(text)?.Code;
            if (code is not null && departments.Count < 20)
            {
                context.Unmapped.MarkUsed(item);
                if (!departments.Contains(code))
                {
                    departments.Add(code);
                }
            }
            else if (item.Text is not null)
            {
                context.Note(new ValidationError("department-not-found", [item.Text]) { Value = item.Text }, item);
            }
        }

        if (departments.Count > 0)
        {
            context.Evidence["/territory/departments"] = SheetEvidence.Inferred("Conclusion de la personne qui a rempli la fiche, d’après le lieu.");
        }

        var parts = new List<TerritoryPart>();
        AddParts(parts, known.GetValueOrDefault("communes"), "commune", departments);
        AddParts(parts, known.GetValueOrDefault("epci"), "epci", departments);
        AddSectors(parts, known.GetValueOrDefault("secteurs"));
        return label is null && parts.Count == 0 && departments.Count == 0 ? null : new Territory { Label = label, Parts = parts.NullIfEmpty(), Departments = departments.NullIfEmpty() };
    }

    private void AddParts(List<TerritoryPart> parts, Cell cell, string type, List<string> departments)
    {
        foreach (var item in context.List(cell, atCommas: type == "commune").SelectMany(item => item.Leaves()))
        {
            if (item.TextWithin(300) is not { } name || parts.Count >= 500)
            {
                continue;
            }

            var candidates = (departments.Count == 0 ? [null] : departments.Cast<string?>())
                .SelectMany(department => type == "epci" ? territories.FindEpci(name, department) : territories.FindCommunes(name, department))
                .DistinctBy(candidate => (candidate.Type, candidate.Code))
                .ToList();
            var stated = type == "commune" && Arrondissement().IsMatch(name) ? "municipal-arrondissement" : type;
            var part = candidates is [var only] ? new TerritoryPart { Type = only.Type, Code = only.Code, Label = name } : new TerritoryPart { Type = stated, Label = name };
            if (parts.Exists(other => other.Type == part.Type && (other.Label == part.Label || (part.Code is not null && other.Code == part.Code))))
            {
                continue;
            }

            parts.Add(part);
            if (part.Code is not null)
            {
                context.Evidence[$"/territory/parts{ValidationError.Segment($"{part.Type}:{part.Code}")}/code"] = SheetEvidence.Inferred($"Code trouvé d’après le nom « {name} »{(departments.Count == 0 ? "" : $" dans le département {string.Join(", ", departments)}")}.");
            }
            else
            {
                context.Note(
                    candidates.Count == 0
                        ? new ValidationError("territory-not-found", [name]) { Value = name }
                        : new ValidationError("ambiguous-territory", [name, string.Join(", ", candidates.Take(20).Select(candidate => $"{candidate.Name} ({candidate.Code})"))]) { Value = name },
                    item);
            }
        }
    }

    private void AddSectors(List<TerritoryPart> parts, Cell cell)
    {
        foreach (var item in context.List(cell, atCommas: true).SelectMany(item => item.Leaves()))
        {
            if (item.TextWithin(300) is not { } name || parts.Count >= 550)
            {
                continue;
            }

            var code = SectorCode().Match(name.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant()) is { Success: true, Value: var found } ? found : null;
            var part = new TerritoryPart { Type = "psychiatric-sector", Code = code, Label = code == name ? null : name };
            if (!parts.Contains(part))
            {
                parts.Add(part);
            }
        }
    }

    [GeneratedRegex(@"^(?:[\p{L}\s'’.-]+\()?(0?[1-9]|[1-8][0-9]|9[0-5]|2[AB]|97[1-8]|98[4-9])\)?$")]
    private static partial Regex DepartmentCode();

    [GeneratedRegex(@"\barrondissement\b|\b(?:Paris|Lyon|Marseille)\s+\d{1,2}\b", RegexOptions.IgnoreCase)]
    private static partial Regex Arrondissement();

    [GeneratedRegex("^(?:[0-9]{2,3}|2[AB])[A-Z][0-9]{2}$")]
    private static partial Regex SectorCode();
}

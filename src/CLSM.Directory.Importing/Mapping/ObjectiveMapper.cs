using CLSM.Directory.Importing.French;
using CLSM.Directory.Importing.Reading;
using CLSM.Directory.Model.Councils;

namespace CLSM.Directory.Importing.Mapping;

/// <summary>The objectives of a council, and its themes by their words.</summary>
internal sealed class ObjectiveMapper(MappingContext context)
{
    public List<Objective>? Map()
    {
        var objectives = new List<Objective>();
        foreach (var cell in context.List(context.Sheet["axes"]))
        {
            var texts = cell.Leaves().ToList();
            var objective = texts.Count == 1 && !cell.IsObject ? new Objective { Text = texts[0].TextWithin(5000) }
                : new Objective { Title = texts.Count > 0 ? texts[0].TextWithin(300) : null, Text = texts.Count > 1 ? Cell.Join(texts.Skip(1), 5000) : null };
            if ((objective.Text ?? objective.Title) is not null && objectives.Count < 100 && !objectives.Contains(objective))
            {
                objectives.Add(objective);
            }
        }

        return objectives.NullIfEmpty();
    }

    public List<string>? MapThemes(CouncilDocument document)
    {
        var words = (document.Objectives ?? []).Select(objective => objective.Title ?? objective.Text!).ToList();
        var themes = words.SelectMany(FrenchVocabulary.ThemesOf).Concat((document.WorkingGroups ?? []).SelectMany(group => group.Themes ?? [])).Distinct().ToList();
        if (themes.Count > 0)
        {
            context.Evidence["/themes"] = SheetEvidence.Inferred("Classement de l’annuaire d’après les mots des axes et des groupes de travail.");
        }

        return themes.NullIfEmpty();
    }
}
